package com.convmerge.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random requests over few conversations, so that chains, cycles, rivals and equal pairs are common. The same seed gives the same
 * requests.
 */
final class RandomEdges {
    private static final MergeEdge.Standing[] FIXED = {
        MergeEdge.Standing.BEGUN, MergeEdge.Standing.MERGED, MergeEdge.Standing.GIVEN_UP
    };

    private final Random random;
    private final int conversations;
    private final boolean oneParentEach;
    private final Set<Long> duplicates = new HashSet<>();
    private final Set<Long> fixedDuplicates = new HashSet<>();

    private RandomEdges(long seed) {
        random = new Random(seed);
        conversations = 2 + random.nextInt(11);
        // Rival requests break most cycles. Without them long cycles occur.
        oneParentEach = random.nextBoolean();
    }

    static List<MergeEdge> of(long seed) {
        return new RandomEdges(seed).pairs();
    }

    private List<MergeEdge> pairs() {
        int wanted = 1 + random.nextInt(16);
        List<MergeEdge> pairs = new ArrayList<>();
        for (int id = 1; id <= wanted; id++) {
            long parent = conversation();
            long duplicate = conversation();
            if (duplicates.add(duplicate) || !oneParentEach) {
                pairs.add(new MergeEdge(id, parent, duplicate, standing(parent, duplicate)));
            }
        }
        return pairs;
    }

    /** A request that is not open was decided before. So these close no cycle, and no two of them have the same duplicate. */
    private MergeEdge.Standing standing(long parent, long duplicate) {
        boolean fixed = parent > duplicate && random.nextInt(4) == 0 && fixedDuplicates.add(duplicate);
        return fixed ? FIXED[random.nextInt(FIXED.length)] : MergeEdge.Standing.OPEN;
    }

    private long conversation() {
        return 1L + random.nextInt(conversations);
    }
}
