package com.convmerge.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists conversations page by page: those that a search finds, and the deleted ones. */
final class ListEndpoints {
    private record Page(String type, int totalCount, Object pages, List<?> conversations) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record SearchPages(
            String type, int page, @Nullable Cursor next, int perPage, int totalPages) {}

    private record Cursor(int perPage, String startingAfter) {}

    private record DeletedPages(String type, @Nullable String next, int page, int perPage, int totalPages) {}

    private record Deleted(String type, String id, boolean metricsRetained, long deletedAt) {}

    private static final int DEFAULT_PER_PAGE = 20;
    private static final int MOST_FOUND_PER_PAGE = 150;
    private static final int MOST_DELETED_PER_PAGE = 60;
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final SandboxWorkspace workspace;

    ListEndpoints(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    /** The conversations that match the query, ordered by id. */
    Answer search(Request request, Duration staleness) {
        Parameters parameters = request.parameters();
        Predicate<ConversationView> filter =
                SearchFilter.of(parameters.object("query").json());
        Parameters pagination = parameters.object("pagination");
        int perPage = perPage(pagination);
        String after = cursor(pagination.text("starting_after"));
        List<ConversationView> found = workspace.conversations.all().stream()
                .map(conversation -> conversation.withoutParts(workspace.now(), staleness))
                .filter(filter)
                .sorted(Comparator.comparing(ConversationView::id, BY_NUMBER))
                .toList();
        int from = after == null
                ? 0
                : (int) found.stream()
                        .filter(conversation -> BY_NUMBER.compare(conversation.id(), after) <= 0)
                        .count();
        int to = Math.min(found.size(), from + perPage);
        Cursor next =
                to < found.size() ? new Cursor(perPage, encode(found.get(to - 1).id())) : null;
        int totalPages = (found.size() + perPage - 1) / perPage;
        return Answer.ok(new Page(
                "conversation.list",
                found.size(),
                new SearchPages("pages", from / perPage + 1, next, perPage, totalPages),
                found.subList(from, to).stream()
                        .map(new ConversationJson(false)::listItem)
                        .toList()));
    }

    /** The deleted conversations, the most recently deleted first unless the call asks for ascending order. */
    Answer deleted(Request request) {
        List<Map.Entry<String, Instant>> all =
                new ArrayList<>(workspace.conversations.deleted().entrySet());
        if (!"asc".equals(request.query("order"))) {
            Collections.reverse(all);
        }
        int perPage = Math.max(1, Math.min(MOST_DELETED_PER_PAGE, request.queryNumber("per_page", DEFAULT_PER_PAGE)));
        int page = Math.max(1, request.queryNumber("page", 1));
        int totalPages = Math.max(1, (all.size() + perPage - 1) / perPage);
        String next = page < totalPages ? request.urlOfPage(page + 1) : null;
        List<Deleted> shown = all.stream()
                .skip((page - 1L) * perPage)
                .limit(perPage)
                .map(one -> new Deleted(
                        "conversation", one.getKey(), true, one.getValue().getEpochSecond()))
                .toList();
        return Answer.ok(new Page(
                "conversations.list", all.size(), new DeletedPages("pages", next, page, perPage, totalPages), shown));
    }

    private static int perPage(Parameters pagination) {
        Long asked = pagination.wholeNumber("per_page");
        if (asked == null) {
            return DEFAULT_PER_PAGE;
        }
        if (asked < 1 || asked > MOST_FOUND_PER_PAGE) {
            throw Refused.parameter("per_page", "per_page must be from 1 to " + MOST_FOUND_PER_PAGE);
        }
        return asked.intValue();
    }

    private static String encode(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("[" + id + "]").getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes the id after which the page starts, or returns null for the first page. */
    private static @Nullable String cursor(@Nullable String startingAfter) {
        if (startingAfter == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(startingAfter), StandardCharsets.UTF_8);
            if (text.matches("\\[[0-9]+]")) {
                return text.substring(1, text.length() - 1);
            }
        } catch (IllegalArgumentException e) {
            // Text that is not Base64 is rejected like any other invalid cursor.
        }
        throw Refused.parameter("starting_after", "starting_after is not a cursor of this search");
    }
}
