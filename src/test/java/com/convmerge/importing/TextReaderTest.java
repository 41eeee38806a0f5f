package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which encoding a file is. */
class TextReaderTest {
    private static final String ASCII = "parent;duplicate;reason\r\n" + "10;20;plain\r\n".repeat(20_000);

    @ParameterizedTest
    @CsvSource({
        "windows-1252, 'ä'",
        "windows-1252, 'ä, ö, ü, ß; Straße – Grüße'",
        "windows-1252, 'Zoé’s ÄÖÜ, 5 €'",
        "UTF-8, 'ä'",
        "UTF-8, '同じ障害 😀'",
        "windows-1251, 'Одинаковая причина;Иван'",
        "Shift_JIS, '同じ障害;田中さん、同じ原因です'"
    })
    void the_encoding_is_found_also_if_its_first_sign_comes_late(String encoding, String text) throws IOException {
        Charset charset = Charset.forName(encoding);

        assertThat(read((ASCII + text + "\r\n").getBytes(charset), null)).isEqualTo(ASCII + text + "\r\n");
        assertThat(read((text + "\r\n" + ASCII).getBytes(charset), null)).isEqualTo(text + "\r\n" + ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void a_byte_order_mark_says_it_and_is_no_part_of_the_text(String encoding) throws IOException {
        assertThat(read(("\uFEFFpärent;ü").getBytes(Charset.forName(encoding)), null))
                .isEqualTo("pärent;ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf_16_is_known_without_a_mark(String encoding) throws IOException {
        assertThat(read("parent;duplicate;Größe".getBytes(Charset.forName(encoding)), null))
                .isEqualTo("parent;duplicate;Größe");
    }

    @Test
    void a_character_of_utf_8_may_lie_across_the_portion_that_is_looked_at() throws IOException {
        String text = "ä" + "x".repeat(64 * 1024 - 3) + "ö" + "x".repeat(10);

        assertThat(read(text.getBytes(StandardCharsets.UTF_8), null)).isEqualTo(text);
    }

    @Test
    void what_an_operator_says_counts_more() throws IOException {
        assertThat(read("Größe".getBytes(Charset.forName("x-MacRoman")), Charset.forName("x-MacRoman")))
                .isEqualTo("Größe");
    }

    private static String read(byte[] file, @Nullable Charset given) throws IOException {
        StringWriter text = new StringWriter();
        new TextReader(new ByteArrayInputStream(file), given).transferTo(text);
        return text.toString();
    }
}
