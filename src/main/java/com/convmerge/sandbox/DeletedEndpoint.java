package com.convmerge.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the ids of deleted conversations, page by page. */
final class DeletedEndpoint {

    private static final int DEFAULT_PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 60;

    private final SandboxWorkspace workspace;

    DeletedEndpoint(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer list(Request request) {
        List<SandboxWorkspace.Deleted> all = workspace.locked(() -> new ArrayList<>(workspace.deleted.values()));
        boolean ascending = "asc".equals(request.query("order"));
        if (!ascending) {
            Collections.reverse(all);
        }
        int perPage = Math.max(1, Math.min(MOST_PER_PAGE, request.queryNumber("per_page", DEFAULT_PER_PAGE)));
        int page = Math.max(1, request.queryNumber("page", 1));
        int totalPages = Math.max(1, (all.size() + perPage - 1) / perPage);
        ObjectNode node = ConversationJson.JSON.createObjectNode().put("type", "conversations.list");
        node.put("total_count", all.size());
        ObjectNode pages = node.putObject("pages").put("type", "pages");
        if (page < totalPages) {
            pages.put(
                    "next",
                    request.url()
                            .newBuilder()
                            .setQueryParameter("page", String.valueOf(page + 1))
                            .toString());
        } else {
            pages.putNull("next");
        }
        pages.put("page", page).put("per_page", perPage).put("total_pages", totalPages);
        ArrayNode list = node.putArray("conversations");
        all.stream().skip((page - 1L) * perPage).limit(perPage).forEach(deleted -> list.addObject()
                .put("type", "conversation")
                .put("id", deleted.id())
                .put("metrics_retained", true)
                .put("deleted_at", deleted.at().getEpochSecond()));
        return Answer.ok(node);
    }
}
