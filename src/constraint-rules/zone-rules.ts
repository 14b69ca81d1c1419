import type { ConstraintErrors } from '#db/constraint-errors.ts';
import { rule } from './field-rule.ts';

/** Rules of zones and their revisions. */
export const zoneRules: ConstraintErrors = {
  zones_data_check: rule('zone.invalid', 'data', 'The structure of a zone is an object.'),
  zones_polygon_check: rule('zone.invalid', 'polygon', 'An outline is a list of 3 to 1000 points.'),
  zones_content_not_null: rule('zone.invalid', 'content', 'A zone has a text, which may be empty.'),
  zones_position: rule(
    'zone.conflict',
    'position',
    'Two zones of a page cannot have the same place in the reading order.',
  ),
  zones_position_check: rule(
    'zone.invalid',
    'position',
    'Places in the reading order count from 1.',
  ),
  zones_kind_check: rule('zone.invalid', 'kind', 'There is no such kind of zone.'),
  zones_x_check: rule('zone.invalid', 'x', 'The left edge lies between 0 and 1.'),
  zones_y_check: rule('zone.invalid', 'y', 'The top edge lies between 0 and 1.'),
  zones_width_check: rule('zone.invalid', 'width', 'The width lies between 0 and 1.'),
  zones_height_check: rule('zone.invalid', 'height', 'The height lies between 0 and 1.'),
  zones_inside_page: rule('zone.invalid', 'box', 'A zone lies inside its page.'),
  zones_words: rule(
    'zone.invalid',
    'words',
    'The words of a zone are a range with a first and a last.',
  ),
  zones_status_check: rule('zone.invalid', 'status', 'There is no such status of a zone.'),
  zones_metadata_check: rule('zone.invalid', 'metadata', 'The metadata of a zone is an object.'),
  zones_pkey: rule('zone.conflict', 'id', 'There is a zone with this id already.'),
  zones_version_id_page_number_fkey: rule(
    'page.not_found',
    'page',
    'The page of the zone is gone; it may be read again just now.',
  ),
  zones_owner_id_version_id_fkey: rule(
    'document.not_found',
    'version',
    'The document of the zone is gone, or it is not yours.',
  ),
  zone_revisions_pkey: rule('revision.immutable', 'id', 'This revision is written already.'),
  zone_revisions_zone_id_number_key: rule(
    'zone.conflict',
    'number',
    'The zone was changed by somebody else at the same time. Read it again.',
  ),
  zone_revisions_number_check: rule('zone.invalid', 'number', 'Revisions count from 1.'),
  zone_revisions_kind_check: rule('zone.invalid', 'kind', 'There is no such kind of change.'),
  zone_revisions_reason_code_check: rule(
    'zone.invalid',
    'reasonCode',
    'A reason is one short word of small letters, digits and _, such as ocr_error.',
  ),
  zone_revisions_word_boxes_whole: rule(
    'zone.invalid',
    'wordBoxes',
    'Every word has five numbers.',
  ),
  zone_revisions_version_id_page_number_fkey: rule(
    'page.not_found',
    'page',
    'The page of the zone is gone.',
  ),
  zone_revisions_owner_id_version_id_fkey: rule(
    'document.not_found',
    'version',
    'The document of the zone is gone, or it is not yours.',
  ),
  zone_revisions_append_only: rule(
    'revision.immutable',
    'revision',
    'A revision is history and is never changed.',
  ),
};
