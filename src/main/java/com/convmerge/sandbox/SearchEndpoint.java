package com.convmerge.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Searches conversations, page by page, ordered by id. */
final class SearchEndpoint {

    private static final int DEFAULT_PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 150;
    private static final Comparator<ConversationView> BY_ID =
            Comparator.<ConversationView>comparingInt(c -> c.id().length()).thenComparing(ConversationView::id);

    private final SandboxWorkspace workspace;

    SearchEndpoint(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer search(Request request) {
        Parameters parameters = request.parameters();
        Predicate<ConversationView> filter =
                SearchFilter.of(parameters.object("query").json());
        Parameters pagination = parameters.object("pagination");
        int perPage = perPage(pagination);
        String after = cursor(pagination.text("starting_after"));
        List<ConversationView> found = workspace.locked(() -> workspace.allConversations().stream()
                .map(conversation -> conversation.newest(0, workspace.now()))
                .filter(filter)
                .sorted(BY_ID)
                .toList());
        long before = after == null
                ? 0
                : found.stream().filter(c -> !isAfter(c, after)).count();
        return Answer.ok(page(found, (int) before, perPage));
    }

    private ObjectNode page(List<ConversationView> found, int from, int perPage) {
        int to = Math.min(found.size(), from + perPage);
        ObjectNode node = ConversationJson.JSON.createObjectNode().put("type", "conversation.list");
        ObjectNode pages = node.putObject("pages").put("type", "pages");
        pages.put("page", from / perPage + 1);
        if (to < found.size()) {
            pages.putObject("next")
                    .put("per_page", perPage)
                    .put("starting_after", encode(found.get(to - 1).id()));
        }
        pages.put("per_page", perPage).put("total_pages", (found.size() + perPage - 1) / perPage);
        node.put("total_count", found.size());
        ArrayNode list = node.putArray("conversations");
        ConversationJson json = new ConversationJson(false);
        found.subList(from, to).forEach(conversation -> list.add(json.listItem(conversation)));
        return node;
    }

    private static int perPage(Parameters pagination) {
        Long asked = pagination.wholeNumber("per_page");
        if (asked == null) {
            return DEFAULT_PER_PAGE;
        }
        if (asked < 1 || asked > MOST_PER_PAGE) {
            throw Refused.parameter("per_page", "per_page must be from 1 to " + MOST_PER_PAGE);
        }
        return asked.intValue();
    }

    private static boolean isAfter(ConversationView conversation, String id) {
        int byLength = Integer.compare(conversation.id().length(), id.length());
        return byLength != 0 ? byLength > 0 : conversation.id().compareTo(id) > 0;
    }

    private static String encode(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("[" + id + "]").getBytes(StandardCharsets.UTF_8));
    }

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
            // Not Base64: as bad a cursor as any other.
        }
        throw Refused.parameter("starting_after", "starting_after is not a cursor of this search");
    }
}
