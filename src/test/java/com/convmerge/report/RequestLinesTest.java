package com.convmerge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.settings.Settings;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The lines with links to the conversations of requests. */
class RequestLinesTest {
    private static final Database DATABASE = Databases.h2();

    private final RequestTable requests = new RequestTable(DATABASE);

    @BeforeEach
    void startEmpty() {
        DATABASE.empty();
    }

    private static RequestLines lines(String region) {
        Settings settings = new Binder(new MapConfigurationPropertySource(Map.of("convmerge.intercom.region", region)))
                .bindOrCreate("convmerge", Settings.class);
        return new RequestLines(new RequestReports(DATABASE.jdbc()), new InboxLinks(DATABASE.jdbc(), settings));
    }

    private static void workspaceIsKnown() {
        DATABASE.jdbc()
                .sql("INSERT INTO merge_workspace (id, app_id_code) VALUES (1, 'abc')")
                .update();
    }

    private long merged(String parent, String duplicate, String survivor, long execution) {
        long request = requests.add(parent, duplicate);
        requests.set(request, "status", "MERGED");
        requests.set(request, "survivor_conversation_id", survivor);
        requests.set(request, "job_execution_id", execution);
        return request;
    }

    @Test
    void what_a_run_merged_is_told_with_links_to_the_duplicate_and_the_parent_in_the_region_s_inbox() {
        workspaceIsKnown();
        long one = merged("10", "20", "10", 7);
        long chain = merged("10", "21", "30", 7);
        requests.set(chain, "external_ref", "JIRA-1");
        merged("10", "22", "10", 6);
        requests.set(requests.add("10", "23"), "job_execution_id", 7);

        String inbox = "https://app.eu.intercom.com/a/inbox/abc/inbox/conversation/";
        assertThat(lines("eu").merged(7).lines())
                .containsExactly(
                        "Look at them in the inbox:",
                        "MERGED    request " + one + ": " + inbox + "20 into " + inbox + "10",
                        "MERGED    request " + chain + " (JIRA-1): " + inbox + "21 into " + inbox
                                + "10, which goes into " + inbox + "30");
        assertThat(lines("eu").merged(5)).isEmpty();
    }

    @Test
    void no_more_than_a_few_are_told() {
        for (int i = 0; i < RequestLines.FEW + 5; i++) {
            merged("10", Integer.toString(100 + i), "10", 7);
        }
        assertThat(lines("us").merged(7)).hasLineCount(RequestLines.FEW + 1);
    }

    @Test
    void where_there_is_no_link_the_row_is_told_as_it_is() {
        long request = merged("10", "20", "10", 7);
        assertThat(lines("us").merged(7)).contains("request " + request + ": 20 into 10");

        workspaceIsKnown();
        requests.set(request, "duplicate_conversation_id", "la\nst");
        assertThat(lines("us").merged(7)).contains("request " + request + ": la?st into https://app.intercom.com/");
    }
}
