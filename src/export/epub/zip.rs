//! Files -> one archive (ZIP), none of them compressed. A book is mostly text of some ten kilobytes, for which a
//! compressor would weigh more in the page than it saves in the file.
//!
//! <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

/// An archive in the making.
#[derive(Debug, Default)]
pub(super) struct Archive {
    out: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

/// Version 1.0 of the format is all it takes.
const VERSION: u16 = 10;
/// Names are in UTF-8.
const FLAGS: u16 = 1 << 11;
/// The first of January 1980, midnight: the same article makes the same bytes.
const DATE: u16 = 1 << 5 | 1;

impl Archive {
    /// Adds a file. All of an archive is smaller than 4 GB: articles are at most 32 MB.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) {
        let offset = self.out.len() as u32;
        let mut facts = Vec::with_capacity(26);
        for number in [VERSION, FLAGS, 0, 0, DATE] {
            facts.extend(number.to_le_bytes());
        }
        facts.extend(crc32(content).to_le_bytes());
        let size = (content.len() as u32).to_le_bytes();
        facts.extend(size.into_iter().chain(size));
        facts.extend((name.len() as u16).to_le_bytes());
        facts.extend([0, 0]);

        self.out.extend(b"PK\x03\x04");
        self.out.extend(&facts);
        self.out.extend(name.as_bytes());
        self.out.extend(content);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(facts);
        // No remark, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }

    /// The whole archive.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let (start, size) = (self.out.len() as u32, self.directory.len() as u32);
        self.out.append(&mut self.directory);
        self.out.extend(b"PK\x05\x06\0\0\0\0");
        self.out.extend(self.count.to_le_bytes().into_iter().chain(self.count.to_le_bytes()));
        self.out.extend(size.to_le_bytes());
        self.out.extend(start.to_le_bytes());
        self.out.extend([0, 0]);
        self.out
    }
}

/// The remainder of each half byte.
const REMAINDERS: [u32; 16] = {
    let mut table = [0; 16];
    let mut index = 0;
    while index < 16 {
        let mut remainder = index as u32;
        let mut bit = 0;
        while bit < 4 {
            remainder = if remainder & 1 == 1 { remainder >> 1 ^ 0xEDB8_8320 } else { remainder >> 1 };
            bit += 1;
        }
        table[index] = remainder;
        index += 1;
    }
    table
};

fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32| sum >> 4 ^ REMAINDERS[(sum & 15) as usize];
    !bytes.iter().fold(!0, |sum, byte| step(step(sum ^ u32::from(*byte))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_everybody() {
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn archives_are_laid_out_as_they_have_to_be() {
        let mut archive = Archive::default();
        archive.add("a", b"hello");
        archive.add("b/c", b"");
        let bytes = archive.finish();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(&bytes[30..36], b"ahello");
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize;
        let (size, start) = (number(end + 12), number(end + 16));
        assert_eq!(start + size, end);
        assert_eq!(&bytes[start..start + 4], b"PK\x01\x02");
        assert_eq!(number(start + 42), 0, "where the first file is");
    }
}
