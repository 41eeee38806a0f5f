package com.convmerge.importing;

import com.convmerge.requests.Imports;
import com.convmerge.requests.WorkspaceBinding;
import com.convmerge.settings.Settings;
import java.util.Map;
import java.util.Optional;

/** Knows into which inbox the links of a file must lead: that of the region in the settings, and of the database's workspace. */
final class InboxOfWorkspace {
    private static final Map<String, String> REGIONS =
            Map.of("api.intercom.io", "us", "api.eu.intercom.io", "eu", "api.au.intercom.io", "au");

    private final Settings settings;
    private final WorkspaceBinding binding;
    private final Imports imports;

    InboxOfWorkspace(Settings settings, WorkspaceBinding binding, Imports imports) {
        this.settings = settings;
        this.binding = binding;
        this.imports = imports;
    }

    /** As it is known now. A base URL that is not one of Intercom's says nothing about the region. */
    Inbox now() {
        String region = REGIONS.get(String.valueOf(settings.intercom().api().getHost()));
        Optional<String> bound = binding.bound();
        if (bound.isPresent()) {
            return new Inbox(region, bound.get(), "this database holds the requests of workspace");
        }
        return imports.intoWorkspace()
                .map(before -> new Inbox(
                        region, before.appIdCode(), "import " + before.importId() + " has links into workspace"))
                .orElseGet(() -> new Inbox(region, null, ""));
    }
}
