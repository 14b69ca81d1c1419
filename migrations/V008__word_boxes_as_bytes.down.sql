-- Back to an array of small integers; nothing is lost.

drop view page_words;
drop function word_box_part(bytea, integer, integer);
alter table pages drop constraint pages_word_boxes_whole;
alter table pages drop column word_count;

create function unpack_word_boxes(boxes bytea) returns smallint[] language sql immutable as $$
  select coalesce(array_agg((get_byte(boxes, at) * 256 + get_byte(boxes, at + 1))::smallint order by at), '{}')
  from generate_series(0, octet_length(boxes) - 2, 2) as at
$$;
alter table pages alter column word_boxes type smallint[] using unpack_word_boxes(word_boxes);
drop function unpack_word_boxes(bytea);
alter table pages alter column word_boxes set storage external;
alter table pages
  add constraint pages_word_boxes_whole check (cardinality(word_boxes) % 5 = 0),
  add column word_count integer not null generated always as (cardinality(word_boxes) / 5) stored;

create view page_words as
select
  p.owner_id,
  p.version_id,
  p.number as page_number,
  (word.place - 1)::integer as word_index,
  word.text,
  p.word_boxes[5 * word.place - 4] / 10000.0 as x,
  p.word_boxes[5 * word.place - 3] / 10000.0 as y,
  p.word_boxes[5 * word.place - 2] / 10000.0 as width,
  p.word_boxes[5 * word.place - 1] / 10000.0 as height,
  p.word_boxes[5 * word.place] / 10000.0 as confidence
from pages p
cross join lateral unnest(regexp_split_to_array(trim(p.text, E' \n'), '\s+'))
  with ordinality as word (text, place)
where word.text <> '';
comment on view page_words is 'Every word of every page with its box as fractions of the page and its confidence.';
grant select on page_words to docmill_app;
