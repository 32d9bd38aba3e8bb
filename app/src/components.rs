//! What pages are made of. Each has a stylesheet of the same stem in `style/`.

pub mod banner;
pub mod button;
pub mod disputed_item;
pub mod error_summary;
pub mod field;
pub mod file_list;
pub mod pagination;
pub mod pledge_form;
pub mod public_item;
pub mod public_preview;
pub mod receipt_links;
pub mod record_list;
pub mod row_check;
pub mod row_table;
pub mod search_form;
pub mod sign_form;
pub mod status_tag;
pub mod summary_list;
pub mod task_list;
pub mod template_text;
pub mod timeline;
pub mod verdict;
