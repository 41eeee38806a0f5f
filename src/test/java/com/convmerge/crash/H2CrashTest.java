package com.convmerge.crash;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.nio.file.Path;
import java.util.Map;

/** The crash tests on embedded H2: the database is a file, which the test and the program open in turn. */
class H2CrashTest extends CrashContract {
    @Override
    CrashDatabase newDatabase(Path directory) {
        String url = "jdbc:h2:file:" + directory.resolve("night") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        return new CrashDatabase() {
            @Override
            public Map<String, String> environment() {
                return Map.of("SPRING_DATASOURCE_URL", url);
            }

            @Override
            public void withDataSource(Use use) throws Exception {
                try (Database database = Databases.at(url, "").migrate()) {
                    use.with(database.dataSource());
                }
            }
        };
    }
}
