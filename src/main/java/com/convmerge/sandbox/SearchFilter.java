package com.convmerge.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Converts the query of a search to a predicate on conversations. It supports only the most common fields. */
final class SearchFilter {
    private static final int MOST_FILTERS = 15;
    private static final int DEEPEST = 2;

    private static final Map<String, BiPredicate<String, String>> OPERATORS = Map.of(
            "=", String::equals,
            "IN", String::equals,
            ">", (actual, wanted) -> compare(actual, wanted) > 0,
            ">=", (actual, wanted) -> compare(actual, wanted) >= 0,
            "<", (actual, wanted) -> compare(actual, wanted) < 0,
            "<=", (actual, wanted) -> compare(actual, wanted) <= 0,
            "~", (actual, wanted) -> lower(actual).contains(lower(wanted)),
            "^", (actual, wanted) -> lower(actual).startsWith(lower(wanted)),
            "$", (actual, wanted) -> lower(actual).endsWith(lower(wanted)));
    private static final Set<String> TIMES = Set.of("created_at", "updated_at", "snoozed_until");
    private static final Map<String, String> NEGATED = Map.of("!=", "=", "NIN", "IN", "!~", "~");
    private static final Map<String, Function<ConversationView, List<String>>> FIELDS = Map.of(
            "id", c -> List.of(c.id()),
            "state", c -> List.of(c.state()),
            "open", c -> List.of(String.valueOf(!c.state().equals("closed"))),
            "created_at", c -> List.of(String.valueOf(c.createdAt().getEpochSecond())),
            "updated_at", c -> List.of(String.valueOf(c.updatedAt().getEpochSecond())),
            "snoozed_until",
                    c -> Stream.ofNullable(c.snoozedUntil())
                            .map(until -> String.valueOf(until.getEpochSecond()))
                            .toList(),
            "tag_ids", c -> c.tags().stream().map(TagView::id).toList(),
            "contact_ids", c -> c.contacts().stream().map(ContactView::id).toList(),
            "title", c -> c.title() == null ? List.of() : List.of(c.title()),
            "source.subject", c -> c.subject() == null ? List.of() : List.of(c.subject()));

    private SearchFilter() {}

    /** Parses a query: a single filter, or filters combined by AND or OR, nested at most twice. */
    static Predicate<ConversationView> of(JsonNode query) {
        return of(query, 0);
    }

    private static Predicate<ConversationView> of(JsonNode query, int depth) {
        String operator = query.path("operator").asString("");
        if (!operator.equals("AND") && !operator.equals("OR")) {
            return single(query, operator);
        }
        JsonNode value = query.path("value");
        if (!value.isArray() || value.isEmpty() || value.size() > MOST_FILTERS || depth > DEEPEST) {
            throw invalid("value of " + operator + " must be 1 to 15 filters, nested at most twice");
        }
        List<Predicate<ConversationView>> filters = new ArrayList<>();
        value.forEach(filter -> filters.add(of(filter, depth + 1)));
        return operator.equals("AND")
                ? conversation -> filters.stream().allMatch(filter -> filter.test(conversation))
                : conversation -> filters.stream().anyMatch(filter -> filter.test(conversation));
    }

    private static Predicate<ConversationView> single(JsonNode filter, String operator) {
        String field = filter.path("field").asString("");
        List<String> wanted = values(filter.path("value"));
        boolean number = TIMES.contains(field);
        if (number && !wanted.stream().allMatch(value -> value.matches("[0-9]{1,15}"))) {
            throw invalid("value of " + field + " must be a Unix time");
        }
        Function<ConversationView, List<String>> values = FIELDS.get(field);
        if (values == null) {
            throw invalid("field '" + field + "' is not searchable in the sandbox");
        }
        BiPredicate<String, String> comparison = OPERATORS.get(NEGATED.getOrDefault(operator, operator));
        if (comparison == null) {
            throw invalid("operator '" + operator + "' is not known");
        }
        boolean expected = !NEGATED.containsKey(operator);
        return conversation -> expected
                == values.apply(conversation).stream()
                        .anyMatch(actual -> wanted.stream().anyMatch(value -> comparison.test(actual, value)));
    }

    private static int compare(String actual, String wanted) {
        try {
            return Long.compare(Long.parseLong(actual), Long.parseLong(wanted));
        } catch (NumberFormatException e) {
            throw invalid("this operator needs numbers");
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Refused invalid(String message) {
        return Refused.of(400, "parameter_invalid", message);
    }

    private static List<String> values(JsonNode value) {
        List<String> values = new ArrayList<>();
        (value.isArray() ? value : List.of(value)).forEach(one -> values.add(one.asString("")));
        return values;
    }
}
