package com.convmerge.importing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Turns cells of types that the library does not know, such as ISO dates, into texts: one of them would end the reading. */
final class ExcelTexts {
    private static final Pattern OTHER_TYPE =
            Pattern.compile("(<(?:\\w+:)?c(?=\\s)[^>]*?\\st\\s*=\\s*)(?:\"(?!(?:b|e|n|s|str|inlineStr)\")[^\"]*\""
                    + "|'(?!(?:b|e|n|s|str|inlineStr)')[^']*')");

    private ExcelTexts() {}

    /** The same file, with texts in place of such cells of these sheets. */
    static byte[] in(byte[] file, Collection<String> sheets) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(file.length);
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(file));
                ZipOutputStream to = new ZipOutputStream(changed)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                if (sheets.stream().anyMatch(entry.getName()::equalsIgnoreCase)) {
                    to.write(withTexts(from.readAllBytes()));
                } else {
                    from.transferTo(to);
                }
            }
        }
        return changed.toByteArray();
    }

    /** What is replaced is ASCII, so that the encoding of all else makes no difference. */
    private static byte[] withTexts(byte[] xml) {
        return OTHER_TYPE
                .matcher(new String(xml, StandardCharsets.ISO_8859_1))
                .replaceAll("$1\"str\"")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
