-- The boxes of a page's words as bytes instead of an array of small integers: PostgreSQL stores what it is
-- sent without reading 2,500 numbers a page, and the wire carries a third (docs/decisions/0014).

drop view page_words;
alter table pages drop constraint pages_word_boxes_whole;
alter table pages drop column word_count;

create function pack_word_boxes(boxes smallint[]) returns bytea language sql immutable as $$
  select coalesce(string_agg(int2send(part), ''::bytea order by place), ''::bytea)
  from unnest(boxes) with ordinality as packed (part, place)
$$;
alter table pages alter column word_boxes type bytea using pack_word_boxes(word_boxes);
drop function pack_word_boxes(smallint[]);
alter table pages alter column word_boxes set storage external;
alter table pages
  add constraint pages_word_boxes_whole check (octet_length(word_boxes) % 10 = 0),
  add column word_count integer not null generated always as (octet_length(word_boxes) / 10) stored;
comment on column pages.word_boxes is
  'Five numbers of two bytes, high byte first, for each word of the text in its order: x, y, width, height in ten-thousandths of the page, and the confidence in ten-thousandths.';
comment on column pages.word_count is 'How many words the text has.';

-- Part 0 is x, 1 y, 2 width, 3 height, 4 the confidence of the word with this index (from 0).
create function word_box_part(boxes bytea, word integer, part integer) returns numeric
  language sql immutable parallel safe as $$
  select (get_byte(boxes, 10 * word + 2 * part) * 256 + get_byte(boxes, 10 * word + 2 * part + 1)) / 10000.0
$$;
comment on function word_box_part is 'One number of pages.word_boxes as a fraction: part 0 x, 1 y, 2 width, 3 height, 4 confidence.';

create view page_words as
select
  p.owner_id,
  p.version_id,
  p.number as page_number,
  (word.place - 1)::integer as word_index,
  word.text,
  word_box_part(read.boxes, (word.place - 1)::integer, 0) as x,
  word_box_part(read.boxes, (word.place - 1)::integer, 1) as y,
  word_box_part(read.boxes, (word.place - 1)::integer, 2) as width,
  word_box_part(read.boxes, (word.place - 1)::integer, 3) as height,
  word_box_part(read.boxes, (word.place - 1)::integer, 4) as confidence
from pages p
-- The boxes are fetched once a page, not once a number: they lie outside the row.
cross join lateral (select substring(p.word_boxes from 1) as boxes offset 0) read
cross join lateral unnest(regexp_split_to_array(trim(p.text, E' \n'), '\s+'))
  with ordinality as word (text, place)
where word.text <> '';
comment on view page_words is 'Every word of every page with its box as fractions of the page and its confidence.';
grant select on page_words to docmill_app;
