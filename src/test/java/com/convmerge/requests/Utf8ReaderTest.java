package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ReaderTest {
    private final StringWriter read = new StringWriter();

    @Test
    void the_byte_order_mark_is_not_part_of_the_text() throws IOException {
        readAll(utf8("\uFEFFparent"));

        assertThat(read).hasToString("parent");
    }

    @Test
    void a_mark_further_in_is_text_like_any_other() throws IOException {
        readAll(utf8("a\uFEFFb"));

        assertThat(read).hasToString("a\uFEFFb");
    }

    @Test
    void nothing_but_a_mark_is_an_empty_text() throws IOException {
        readAll(utf8("\uFEFF"));

        assertThat(read.toString()).isEmpty();
    }

    @Test
    void characters_survive_however_the_bytes_come() throws IOException {
        String text = "ä€😀\r\n".repeat(20_000);

        readAll(new OneByteAtATime(utf8(text)));

        assertThat(read.toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_byte_that_is_no_utf8_is_told_with_its_line_after_all_that_stands_before_it(String lineEnd) {
        String before = ("1,2" + lineEnd).repeat(30_000) + "3,";
        byte[] latin1 = (before + "M\u00fcller" + lineEnd).getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(Utf8Reader.NotUtf8.class)
                .isThrownBy(() -> readAll(new ByteArrayInputStream(latin1)))
                .withMessage("is not UTF-8 (byte 0xFC); save the file as UTF-8")
                .satisfies(e -> assertThat(e.line()).isEqualTo(30_001));
        assertThat(read.toString()).isEqualTo(before + "M");
    }

    @Test
    void a_character_that_the_end_of_the_file_cuts_is_no_utf8() {
        byte[] cut = {'1', '\n', (byte) 0xE2, (byte) 0x82};

        assertThatExceptionOfType(Utf8Reader.NotUtf8.class)
                .isThrownBy(() -> readAll(new ByteArrayInputStream(cut)))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2));
    }

    private void readAll(InputStream in) throws IOException {
        try (Utf8Reader reader = new Utf8Reader(in)) {
            reader.transferTo(read);
        }
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives one byte at a time, as a slow pipe may. */
    private static final class OneByteAtATime extends FilterInputStream {
        OneByteAtATime(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, 1));
        }
    }
}
