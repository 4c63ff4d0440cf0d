package dev.gantry.gateway.shell.limit;

import dev.gantry.gateway.flowcontrol.Allotment;
import dev.gantry.gateway.flowcontrol.CallerTier;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Memory that tiers share out among their users; threads wait until there is some. */
public final class Allotments {
    private static final int USERS_AT_LEAST = 4;

    private final Map<CallerTier, Room> rooms = new EnumMap<>(CallerTier.class);

    /**
     * @param bytes of all tiers together
     * @param largest what one user of any tier can hold at least
     */
    public Allotments(long bytes, long largest) {
        for (CallerTier tier : CallerTier.values()) {
            long whole = Math.max(tier.partOf(bytes), largest);
            long part = tier.isTrusted() ? whole : Math.max(whole / USERS_AT_LEAST, largest);
            rooms.put(tier, new Room(new Allotment(whole, part)));
        }
    }

    public Share of(CallerTier tier, String user) {
        Room room = rooms.get(tier);
        if (room == null) {
            throw new IllegalArgumentException("no allotment for " + tier);
        }
        return new Share(room, user);
    }

    public long held() {
        return rooms.values().stream().mapToLong(Room::held).sum();
    }

    /** One user's side of a allotment. */
    public static final class Share {
        private final Room room;
        private final String user;

        private Share(Room room, String user) {
            this.room = room;
            this.user = user;
        }

        /** At once, or not at all. */
        public boolean take(long bytes) {
            return room.take(user, bytes);
        }

        /** False where there was no room in time. */
        public boolean await(long bytes, Duration limit) throws InterruptedException {
            return room.await(user, bytes, limit);
        }

        public void give(long bytes) {
            room.give(user, bytes);
        }

        /** Whether who is slow should hurry up or leave. */
        public boolean isTight() {
            return room.isTight(user);
        }
    }

    /** Cost: one uncontended lock operation each. */
    private static final class Room {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition given = lock.newCondition();
        private final Allotment allotment;

        Room(Allotment allotment) {
            this.allotment = allotment;
        }

        boolean take(String user, long bytes) {
            lock.lock();
            try {
                return allotment.take(user, bytes);
            } finally {
                lock.unlock();
            }
        }

        boolean await(String user, long bytes, Duration limit) throws InterruptedException {
            long left = limit.toNanos();
            lock.lock();
            try {
                while (!allotment.take(user, bytes)) {
                    if (left <= 0) {
                        return false;
                    }
                    left = given.awaitNanos(left);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }

        void give(String user, long bytes) {
            if (bytes == 0) {
                return;
            }
            lock.lock();
            try {
                allotment.give(user, bytes);
                given.signalAll();
            } finally {
                lock.unlock();
            }
        }

        boolean isTight(String user) {
            lock.lock();
            try {
                return allotment.isTight(user);
            } finally {
                lock.unlock();
            }
        }

        long held() {
            lock.lock();
            try {
                return allotment.held();
            } finally {
                lock.unlock();
            }
        }
    }
}
