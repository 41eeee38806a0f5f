package com.convmerge.merge;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a conversation: digits, kept as text as Intercom does.
 *
 * <p>Nothing else may become part of a path: {@code last} has a special meaning there, and a slash would lead elsewhere.
 */
public record ConversationId(String value) implements Comparable<ConversationId> {
    /** Up to 18 digits, so that it fits a {@code long}, without a leading zero, so that there is one spelling. */
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,17}");

    /** Throws {@link IllegalArgumentException} if {@code value} is no conversation id. */
    public ConversationId {
        fault(value).ifPresent(fault -> {
            throw new IllegalArgumentException("conversation id " + fault);
        });
    }

    public static ConversationId of(long number) {
        return new ConversationId(Long.toString(number));
    }

    /** Why {@code value} is no conversation id, as a phrase that follows the name of the column; empty if it is one. */
    public static Optional<String> fault(String value) {
        if (FORM.matcher(value).matches()) {
            return Optional.empty();
        }
        if (value.isBlank()) {
            return Optional.of("is empty");
        }
        return Optional.of("is \"" + OneLine.exact(value, 40) + "\"" + strange(value)
                + "; expected 1 to 18 digits without a leading zero");
    }

    /** Names the first character that may look like nothing, like a digit or like a plain space. */
    private static String strange(String value) {
        int[] characters = value.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] < ' ' || characters[i] > '~') {
                return String.format(
                        Locale.ROOT,
                        ", with U+%04X (%s) as character %d",
                        characters[i],
                        Objects.requireNonNullElse(Character.getName(characters[i]), "unassigned"),
                        i + 1);
            }
        }
        return "";
    }

    /** The id as a number, for graphs over millions of them. */
    public long number() {
        return Long.parseLong(value);
    }

    @Override
    public int compareTo(ConversationId other) {
        return Long.compare(number(), other.number());
    }

    @Override
    public String toString() {
        return value;
    }
}
