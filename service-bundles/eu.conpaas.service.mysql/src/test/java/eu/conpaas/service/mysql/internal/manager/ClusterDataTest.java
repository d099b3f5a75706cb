package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.service.ServiceType;
import eu.conpaas.service.mysql.GaleraServiceType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Accounts, dumps, backups and restores of a Galera cluster are those of master and replica. The code is the same, so that the normal tier takes one of the
 * tests by the seed.
 */
@ExtendWith(ClusterDataTest.Sample.class)
class ClusterDataTest extends DataTest {
    @Override
    ServiceType type() {
        return new GaleraServiceType();
    }

    static final class Sample implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Boolean.getBoolean("conpaas.long") || context.getTestMethod().isEmpty()) {
                return ConditionEvaluationResult.enabled("all of them");
            }
            List<String> names = Stream.of(DataTest.class.getDeclaredMethods()).filter(m -> m.isAnnotationPresent(Test.class)).map(Method::getName).sorted().toList();
            String sample = names.get((int) Math.floorMod(Long.getLong("conpaas.seed", 1), (long) names.size()));
            return context.getRequiredTestMethod().getName().equals(sample) ? ConditionEvaluationResult.enabled("chosen by the seed")
                    : ConditionEvaluationResult.disabled("the seed chose " + sample);
        }
    }
}
