package dev.roster.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * A class of tests that starts by itself all that it needs: it runs while one of Quarkus's own does, which come one after the
 * other and leave half of the machine idle. Of these too one runs at a time, and two when none of Quarkus is left. The tests of
 * one class come one after the other: what is concurrent about the class would be so about them, were it not for its lock.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(providers = Beside.Itself.class)
public @interface Beside {

    /** A class, as what nobody else uses while its tests run. */
    final class Itself implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> test) {
            return Set.of(new Lock(test.getName()));
        }
    }
}
