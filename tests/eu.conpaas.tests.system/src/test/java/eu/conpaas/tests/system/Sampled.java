package eu.conpaas.tests.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Of the programs that have it, which take a minute or two each, the normal tier takes two by the seed and the long one all. */
final class Sampled implements ExecutionCondition {
    private static final int TAKEN = 2;
    private static final List<Class<?>> TAKEN_NOW = taken(Long.getLong("conpaas.seed", 1));

    private static List<Class<?>> taken(long seed) {
        List<Class<?>> all = new ArrayList<>(List.of(ClusterTest.class, DatabaseSiteTest.class, JavaZeroFailTest.class, NothingLeaksTest.class, UnsharedTest.class));
        if (!Running.LONG) {
            Collections.shuffle(all, new Random(seed));
            all.subList(TAKEN, all.size()).clear();
        }
        System.out.println("seed " + seed + ": " + all.stream().map(Class::getSimpleName).toList());
        return all;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return TAKEN_NOW.contains(context.getRequiredTestClass()) ? ConditionEvaluationResult.enabled("chosen by the seed")
                : ConditionEvaluationResult.disabled("the seed chose others");
    }
}
