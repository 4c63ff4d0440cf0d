package dev.gantry.state.shell.encryption;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.cache.LruMap;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import dev.gantry.state.secret.kms.KmsForm;
import dev.gantry.state.secret.kms.KmsStatus;
import dev.gantry.state.secret.kms.WrappedKey;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals by keys that are made of one seed, which a KMS plugin wraps. The seed is new with each
 * start and with each key of the plugin; an old one is unwrapped once and then known.
 *
 * <pre>
 *   no seed ──plugin is well──► sealing ──its key_id changed──► sealing, with a new seed
 *                                  │ not well for three minutes          ▲
 *                                  └──────► refuses ──plugin is well─────┘
 * </pre>
 *
 * <p>Compat: {@code envelope/kmsv2}, with its times: asked each minute, and each ten seconds while
 * it is not well.
 */
final class KmsSealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KmsSealing.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration EVERY_WHILE_UNWELL = Duration.ofSeconds(10);
    private static final long VALID_NANOS = Duration.ofMinutes(3).toNanos();
    private static final int SEED_BYTES = 32;
    private static final int MOST_SEEDS = 1_000;

    private record Seed(byte[] secret, WrappedKey wrapped, long validUntilNanos) {
        Seed confirmed(long nowNanos) {
            return new Seed(secret, wrapped, nowNanos + VALID_NANOS);
        }
    }

    /** A wrapped key by its contents. */
    private record SeedName(String keyId, String ciphertext) {
        static SeedName of(WrappedKey wrapped) {
            return new SeedName(wrapped.keyId(), Arrays.toString(wrapped.ciphertext()));
        }
    }

    private final Provider.Kms provider;
    private final KmsPlugin plugin;
    private final LongSupplier nanos;
    private final Loop loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final LruMap<SeedName, byte[]> seeds = new LruMap<>(MOST_SEEDS);
    private volatile @Nullable Seed current;
    private volatile String trouble = "it was not asked yet";

    KmsSealing(Provider.Kms provider, LongSupplier nanos) {
        this.nanos = nanos;
        this.provider = provider;
        this.plugin = new KmsPlugin(provider.socket(), provider.timeout());
        this.loop = new Loop("kms-" + provider.name(), this::follow);
    }

    /** Asks the plugin once before it returns. */
    void start() {
        check();
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
        plugin.close();
    }

    boolean isWell() {
        return trouble.isEmpty();
    }

    /** Why nothing can be sealed now. */
    Optional<String> objection() {
        Seed seed = current;
        boolean isValid = seed != null && seed.validUntilNanos - nanos.getAsLong() > 0;
        return isValid ? Optional.empty() : Optional.of(told(trouble));
    }

    /**
     * Also with a seed that is no longer valid: what was begun is finished. Empty where there never
     * was one.
     */
    Optional<byte[]> seal(ObjectKey name, byte[] open) {
        Seed seed = current;
        if (seed == null) {
            return Optional.empty();
        }
        byte[] info = AesGcm.random(KmsForm.INFO_BYTES);
        byte[] nonce = AesGcm.random(KmsForm.NONCE_BYTES);
        byte[] sealed = AesGcm.seal(derived(seed.secret, info), nonce, name, open);
        return Optional.of(
                new KmsForm(provider.name(), seed.wrapped, info, nonce, sealed).toBytes());
    }

    /** What names the key that seals now; empty where there is none. */
    Optional<String> sealer() {
        return Optional.ofNullable(current)
                .map(seed -> KmsForm.sealer(provider.name(), seed.wrapped.keyId()));
    }

    byte[] open(ObjectKey name, KmsForm form) {
        byte[] secret;
        try {
            secret = unwrapped(form.seed());
        } catch (KmsFault fault) {
            throw new IllegalStateException(
                    "%s cannot be opened: %s".formatted(name, told(fault.getMessage())), fault);
        }
        return AesGcm.open(derived(secret, form.info()), form.nonce(), name, form.ciphertext());
    }

    private String told(@Nullable String why) {
        return "the KMS provider \"%s\" at %s: %s"
                .formatted(provider.name(), provider.socket(), why);
    }

    private byte[] unwrapped(WrappedKey wrapped) throws KmsFault {
        SeedName name = SeedName.of(wrapped);
        byte[] known = known(name);
        return known == null ? remembered(name, plugin.unwrap(wrapped)) : known;
    }

    private byte @Nullable [] known(SeedName name) {
        lock.lock();
        try {
            return seeds.get(name);
        } finally {
            lock.unlock();
        }
    }

    private byte[] remembered(SeedName name, byte[] secret) {
        lock.lock();
        try {
            seeds.put(name, secret);
            return secret;
        } finally {
            lock.unlock();
        }
    }

    private void follow() throws InterruptedException {
        while (loop.pause(isWell() ? EVERY : EVERY_WHILE_UNWELL)) {
            check();
        }
    }

    /** Called by one thread at a time. */
    void check() {
        String found = "";
        try {
            KmsStatus status = plugin.status();
            found = status.objection().orElse("");
            if (found.isEmpty()) {
                confirm(status);
            }
        } catch (KmsFault fault) {
            found = String.valueOf(fault.getMessage());
        }
        if (!found.equals(trouble)) {
            if (found.isEmpty()) {
                LOG.info("{}", told("it is well"));
            } else {
                LOG.warn("{}", told(found));
            }
            trouble = found;
        }
    }

    /** What was sealed with the key of before stays so, until it is written the next time. */
    private void confirm(KmsStatus status) throws KmsFault {
        Seed seed = current;
        long now = nanos.getAsLong();
        if (seed != null && seed.wrapped.keyId().equals(status.keyId())) {
            current = seed.confirmed(now);
            return;
        }
        byte[] secret = AesGcm.random(SEED_BYTES);
        WrappedKey wrapped = plugin.wrap(secret);
        Optional<String> objection = wrapped.objection();
        if (objection.isPresent()) {
            throw new KmsFault("it wraps no key of use: " + objection.get(), null);
        }
        remembered(SeedName.of(wrapped), secret);
        current = new Seed(secret, wrapped, now + VALID_NANOS);
    }

    /** Compat: HKDF, of which the random seed needs only the second half. */
    private static SecretKey derived(byte[] seed, byte[] info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.expandOnly(
                                    new SecretKeySpec(seed, "HKDF"), info, SEED_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException fault) {
            throw new IllegalStateException("cannot make a key of a seed", fault);
        }
    }
}
