package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.batch.autoconfigure.JobLauncherApplicationRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settings of Spring that would break a promise do nothing, wherever they are given. */
class PinnedSettingsTest {
    private static final String[] HARMFUL = {
        "spring.batch.job.enabled=true",
        "spring.batch.jdbc.initialize-schema=always",
        "spring.batch.jdbc.table-prefix=OTHER_",
        "spring.sql.init.mode=always",
        "spring.flyway.clean-disabled=false",
        "spring.flyway.locations=classpath:elsewhere",
        "spring.flyway.target=1",
        "spring.flyway.out-of-order=true",
        "spring.flyway.validate-on-migrate=false",
        "spring.flyway.skip-executing-migrations=true",
        "spring.datasource.type=org.springframework.jdbc.datasource.SimpleDriverDataSource",
        "spring.datasource.hikari.auto-commit=false",
        "spring.datasource.hikari.read-only=true",
        "spring.datasource.hikari.transaction-isolation=TRANSACTION_READ_UNCOMMITTED",
        "spring.jdbc.template.max-rows=3",
        "spring.main.register-shutdown-hook=false",
        "spring.main.lazy-initialization=true",
        "spring.main.web-application-type=servlet",
        "spring.main.keep-alive=true",
        "spring.main.banner-mode=console",
        "spring.main.log-startup-info=true",
        "spring.autoconfigure.exclude=org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
    };

    @TempDir
    private Path directory;

    @Test
    void each_pinned_setting_is_among_those_that_are_tried() {
        assertThat(HARMFUL)
                .extracting(setting -> setting.split("=")[0])
                .containsExactlyInAnyOrderElementsOf(PinnedSettings.VALUES.keySet());
    }

    @Test
    void the_address_of_the_pool_is_that_of_the_data_source() {
        String[] arguments =
                CliRunner.in(directory).withSettings("--spring.datasource.hikari.jdbc-url=jdbc:h2:mem:other");
        try (ConfigurableApplicationContext context =
                new ContextFactory(Arguments.of(arguments), why -> {}, directory).openTables()) {
            assertThat(context.getBean(HikariDataSource.class).getJdbcUrl()).startsWith("jdbc:h2:file:");
        }
    }

    @Test
    void on_the_command_line_and_in_a_file_they_do_nothing() throws IOException {
        Path file = Files.writeString(directory.resolve("left-over.properties"), String.join("\n", HARMFUL));
        String[] arguments = new String[HARMFUL.length + 1];
        for (int i = 0; i < HARMFUL.length; i++) {
            arguments[i] = "--" + HARMFUL[i];
        }
        arguments[HARMFUL.length] = "--spring.config.additional-location=" + file.toUri();

        try (ConfigurableApplicationContext context = new ContextFactory(
                        Arguments.of(CliRunner.in(directory).withSettings(arguments)), why -> {}, directory)
                .openTables()) {
            Environment settings = context.getEnvironment();
            PinnedSettings.VALUES.forEach((name, value) ->
                    assertThat(settings.getProperty(name)).as(name).isEqualTo(value));
            assertThat(context.getBeansOfType(JobLauncherApplicationRunner.class))
                    .isEmpty();
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(pool.isAutoCommit()).isTrue();
            assertThat(pool.isReadOnly()).isFalse();
            assertThat(context.getBean(JdbcTemplate.class).getMaxRows()).isEqualTo(-1);
            assertThat(context.getBeanFactory().getBeanDefinition("dataSource").isLazyInit())
                    .isFalse();
            MigrationInfoService migrations = Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:sql")
                    .load()
                    .info();
            assertThat(migrations.pending()).as("migrations that were not made").isEmpty();
            assertThat(migrations.applied()).isNotEmpty();
            assertThat(context.getBean(JobRepository.class).getJobNames())
                    .as("Spring Batch's own tables are read")
                    .isEmpty();
        }
    }
}
