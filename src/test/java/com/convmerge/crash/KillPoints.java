package com.convmerge.crash;

import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Brought into the real program by {@code --spring.main.sources}: wraps its ports, and halts the JVM when a call passes the
 * point for the n-th time. {@code Runtime.halt} runs no hook and flushes nothing, as a kill does.
 */
@Configuration(proxyBeanMethods = false)
class KillPoints {
    static final String POINT = "convmerge.kill.point";
    static final String AT = "convmerge.kill.at";
    static final int STATUS = 137;

    @Bean
    static BeanPostProcessor killer() {
        String point = System.getProperty(POINT);
        Killer killer = new Killer(point == null ? null : KillPoint.valueOf(point), Integer.getInteger(AT, 1));
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                if (bean instanceof Ledger) {
                    return killer.around(bean, Ledger.class);
                }
                if (bean instanceof IntercomClient) {
                    return killer.around(bean, IntercomClient.class);
                }
                if (beanName.equals("scopedTarget.mergedRequests")) {
                    return killer.around(bean, ItemWriter.class);
                }
                return beanName.equals("writeReport") ? killer.around(bean, Step.class) : bean;
            }
        };
    }

    private record Killer(@Nullable KillPoint point, AtomicInteger left) {
        Killer(@Nullable KillPoint point, int at) {
            this(point, new AtomicInteger(at));
        }

        Object around(Object bean, Class<?> type) {
            InvocationHandler handler = (proxy, method, args) -> {
                if (isPoint(before(method, args))) {
                    halt();
                }
                Object result = call(bean, method, args);
                if (isPoint(after(method, args))) {
                    halt();
                }
                return result;
            };
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
        }

        private static @Nullable KillPoint before(Method method, Object @Nullable [] args) {
            return switch (method.getName()) {
                case "claim" -> KillPoint.BEFORE_CLAIM;
                case "tag" -> KillPoint.BETWEEN_OPERATIONS;
                case "execute" -> KillPoint.IN_REPORT;
                case "note" -> isOnParent(args) ? null : KillPoint.AFTER_CLAIM;
                default -> null;
            };
        }

        private static @Nullable KillPoint after(Method method, Object @Nullable [] args) {
            return switch (method.getName()) {
                case "note" -> isOnParent(args) ? KillPoint.IN_NOTIFY : KillPoint.AFTER_NOTE;
                case "tag" -> KillPoint.AFTER_TAG;
                case "close" -> KillPoint.AFTER_CLOSE;
                case "write" -> KillPoint.BEFORE_CHUNK_COMMIT;
                default -> null;
            };
        }

        private static boolean isOnParent(Object @Nullable [] args) {
            return args != null && args[0].toString().startsWith(CrashNight.PARENT_PREFIX);
        }

        private boolean isPoint(@Nullable KillPoint passed) {
            return passed != null && passed == point && left.decrementAndGet() == 0;
        }

        private static void halt() {
            Runtime.getRuntime().halt(STATUS);
        }

        private static @Nullable Object call(Object bean, Method method, Object @Nullable [] args) throws Throwable {
            try {
                return method.invoke(bean, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
