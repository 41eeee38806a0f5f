package com.convmerge.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Flyway as Spring Boot sets it up, with migrations that may take long. */
@Configuration(proxyBeanMethods = false)
@Import(FlywayAutoConfiguration.class)
class Migration {
    /**
     * Migrates on connections on which a statement may take long, because it may change millions of rows. If there is nothing to
     * migrate, a database that has fallen silent is noticed soon.
     */
    @Bean
    FlywayMigrationStrategy strategy(HikariDataSource pool) {
        return flyway -> {
            boolean isPostgres = DatabaseUrl.Kind.POSTGRESQL.isOf(pool.getJdbcUrl());
            if (isPostgres && flyway.info().pending().length > 0) {
                Flyway.configure(getClass().getClassLoader())
                        .configuration(flyway.getConfiguration())
                        .dataSource(patient(pool))
                        .initSql(pool.getConnectionInitSql())
                        .load()
                        .migrate();
            } else {
                flyway.migrate();
            }
        };
    }

    private static DriverManagerDataSource patient(HikariDataSource pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.setProperty("queryTimeout", "0");
        properties.setProperty("socketTimeout", String.valueOf(TimeLimits.MIGRATION));
        DriverManagerDataSource patient = new DriverManagerDataSource(pool.getJdbcUrl(), properties);
        patient.setUsername(pool.getUsername());
        patient.setPassword(pool.getPassword());
        return patient;
    }
}
