package com.convmerge.cli;

import com.convmerge.merge.FailureKind;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options and arguments, and says of a faulty one what would be right. */
final class Values {
    private static final String WHOLE_NUMBER = "a whole number";

    private Values() {}

    static void readBy(CommandLine commands) {
        ITypeConverter<Long> longs = reader(Long::valueOf, WHOLE_NUMBER);
        ITypeConverter<Integer> integers = reader(Integer::valueOf, WHOLE_NUMBER);
        commands.registerConverter(Long.class, longs)
                .registerConverter(long.class, longs)
                .registerConverter(Integer.class, integers)
                .registerConverter(int.class, integers)
                .registerConverter(LocalTime.class, reader(LocalTime::parse, "a time of day such as 06:00"))
                .registerConverter(Path.class, reader(Path::of, "the name of a file"))
                .registerConverter(
                        FailureKind.class, reader(Values::failureKind, "NOT_SENT, IN_DOUBT, NOT_FOUND or REFUSED"))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The kinds that stand in the retry table. */
    private static FailureKind failureKind(String text) {
        FailureKind kind = FailureKind.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (kind == FailureKind.STOPS_THE_RUN) {
            throw new IllegalArgumentException("no request fails so");
        }
        return kind;
    }

    private static <T> ITypeConverter<T> reader(Function<String, T> read, String expected) {
        return text -> {
            try {
                return read.apply(text.strip());
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw new TypeConversionException("expected " + expected + " but was '" + text + "'");
            }
        };
    }
}
