package dev.gantry.bench.packing;

import java.util.Random;

/** Which pods come, in random order. Sizes are round numbers, as people write them. */
enum Mix {
    /**
     * Many small pods, some that are heavy on cpu, some that are heavy on memory, and a few that
     * take a large part of a machine.
     */
    ALL_KINDS("mixed", "mixed") {
        @Override
        Size next(Random random) {
            int kind = random.nextInt(100);
            if (kind < 50) {
                return SMALL.next(random);
            }
            if (kind < 70) {
                return new Size(pick(random, 2000, 3000, 4000), pick(random, 1024, 2048, 4096));
            }
            if (kind < 90) {
                return new Size(pick(random, 250, 500, 1000), pick(random, 8192, 12288, 16384));
            }
            return new Size(pick(random, 6000, 8000, 10000), pick(random, 24576, 32768, 40960));
        }
    },
    SMALL("small", "small") {
        @Override
        Size next(Random random) {
            return new Size(pick(random, 100, 250, 500, 1000), pick(random, 256, 512, 1024, 2048));
        }
    },
    CPU_ALONE("cpu", "cpu alone") {
        @Override
        Size next(Random random) {
            return new Size(pick(random, 250, 500, 1000, 2000, 3000, 5000), 0);
        }
    },
    MEMORY_ALONE("memory", "memory alone") {
        @Override
        Size next(Random random) {
            return new Size(0, pick(random, 1024, 2048, 4096, 6144, 12288));
        }
    },
    /** Each pod asks for one resource alone: two of them may complement each other. */
    EITHER_ALONE("either", "cpu or memory") {
        @Override
        Size next(Random random) {
            return (random.nextBoolean() ? CPU_ALONE : MEMORY_ALONE).next(random);
        }
    };

    private final String key;
    private final String text;

    /** Zero where the pod does not ask for any. */
    record Size(int milliCpu, int mebibytes) {}

    Mix(String key, String text) {
        this.key = key;
        this.text = text;
    }

    abstract Size next(Random random);

    /** In JSON. */
    String key() {
        return key;
    }

    String text() {
        return text;
    }

    private static int pick(Random random, int... from) {
        return from[random.nextInt(from.length)];
    }
}
