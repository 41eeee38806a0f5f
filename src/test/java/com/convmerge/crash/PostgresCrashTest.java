package com.convmerge.crash;

import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.Databases;
import java.nio.file.Path;
import java.util.Map;

/** The crash tests on PostgreSQL. */
class PostgresCrashTest extends CrashContract {
    @Override
    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    CrashDatabase newDatabase(Path directory) {
        Database database = Databases.postgres();
        return new CrashDatabase() {
            @Override
            public Map<String, String> environment() {
                return Map.of(
                        "SPRING_DATASOURCE_URL", database.url(),
                        "SPRING_DATASOURCE_USERNAME", database.username(),
                        "SPRING_DATASOURCE_PASSWORD", "");
            }

            @Override
            public void withDataSource(Use use) throws Exception {
                use.with(database.dataSource());
            }
        };
    }
}
