//! A ZIP archive that is written while it is sent: no more of it than a piece is ever in memory.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Datelike, Timelike};
use credit::filing::Instant;
use futures_util::stream::{self, Stream, StreamExt};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{PackedContent, PackedFile};
use crate::attachments::Attachments;
use crate::attachments::contents::Content;

/// Time in Shanghai is UTC+8 all year.
const SHANGHAI_MS: i64 = 8 * 60 * 60 * 1000;

/// Where the writer puts what it has written, until it is sent.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

/// The archive under way.
struct Archive {
    attachments: Attachments,
    options: SimpleFileOptions,
    written: Written,
    writer: Option<ZipWriter<zip::write::StreamWriter<Written>>>,
    left: std::vec::IntoIter<PackedFile>,
    open: Option<Content>,
}

/// The archive of these files; all of them bear the time at which the application was filed.
///
/// It ends with an error, and so is broken off, where a content cannot be read.
pub fn archived(files: Vec<PackedFile>, attachments: Attachments, filed_at: Instant) -> impl Stream<Item = std::io::Result<Bytes>> {
    let written = Written::default();
    let archive = Archive {
        attachments,
        options: options(filed_at),
        writer: Some(ZipWriter::new_stream(written.clone())),
        written,
        left: files.into_iter(),
        open: None,
    };
    stream::try_unfold(archive, |mut archive| async move { Ok(archive.piece().await?.map(|piece| (piece, archive))) })
}

/// Deflate, as readers of archives that are streamed need the end of a file to be told by its content.
fn options(filed_at: Instant) -> SimpleFileOptions {
    let wall = DateTime::from_timestamp_millis(filed_at + SHANGHAI_MS).unwrap_or_default();
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(wall.year()).unwrap_or_default();
    let (hour, minute, second) = (part(wall.hour()), part(wall.minute()), part(wall.second()));
    let time = zip::DateTime::from_date_and_time(year, part(wall.month()), part(wall.day()), hour, minute, second);
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(time.unwrap_or_default())
        .unix_permissions(0o644)
}

impl Archive {
    /// The next piece; none: it has ended.
    async fn piece(&mut self) -> std::io::Result<Option<Bytes>> {
        loop {
            let Some(writer) = self.writer.as_mut() else { return Ok(None) };
            if let Some(content) = self.open.as_mut() {
                match content.next().await {
                    Some(piece) => writer.write_all(&piece?)?,
                    None => self.open = None,
                }
            } else if let Some(file) = self.left.next() {
                writer.start_file(file.name, self.options).map_err(std::io::Error::other)?;
                match file.content {
                    PackedContent::Made(content) => writer.write_all(&content)?,
                    PackedContent::Kept(sha256) => {
                        self.open = Some(self.attachments.content(&sha256).await.map_err(std::io::Error::other)?);
                    }
                }
            } else if let Some(writer) = self.writer.take() {
                writer.finish().map_err(std::io::Error::other)?;
            }
            let piece = self.written.take();
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
    }
}
