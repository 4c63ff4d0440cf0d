package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.PullRecords;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.StartProblem;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.shell.volume.KeyedLocks;
import dev.gantry.agent.shell.volume.PulledImages;
import dev.gantry.agent.spec.ImageName;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.spec.WantedImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets an image that a pod wants: from the node, or from its registry, as its policy says.
 *
 * <p>Pods that want the same image at once wait for one pull. One that is there already is only for
 * pods that could have pulled it ({@link PullRecords}). Compat: events and messages of {@code
 * pkg/kubelet/images/image_manager.go}.
 */
final class ImageSource {
    private static final Logger LOG = LoggerFactory.getLogger(ImageSource.class);

    private final NodeParts parts;
    private final ImagePullSecrets pullSecrets;
    private final PulledImages pulled;
    private final Consumer<Duration> pulledFor;

    ImageSource(NodeParts parts, Consumer<Duration> pulledFor) {
        this.parts = parts;
        this.pulledFor = pulledFor;
        this.pullSecrets = new ImagePullSecrets(parts.cluster().objects());
        this.pulled = parts.storage().pulled();
    }

    /** Throws {@link StartFailure} where the image cannot be had now. */
    Image image(PodSpec pod, WantedImage wanted) throws StartFailure {
        refuseInvalid(pod, wanted);
        boolean isAlwaysPulled = wanted.policy().equals("Always");
        Optional<Image> present = isAlwaysPulled ? Optional.empty() : usable(pod, wanted);
        if (present.isPresent()) {
            recordPresent(pod, wanted);
            return present.get();
        }
        if (wanted.policy().equals("Never")) {
            throw neverPulled(pod, wanted);
        }
        Instant asked = parts.clock().instant();
        try (KeyedLocks.Held _ = awaitTurn(wanted.name())) {
            Optional<Image> meanwhile = isAlwaysPulled ? Optional.empty() : usable(pod, wanted);
            return meanwhile.isPresent() ? meanwhile.get() : pull(pod, wanted, asked);
        }
    }

    /** A registry may hang for long: a pod that ends does not wait until another's pull is over. */
    private KeyedLocks.Held awaitTurn(String image) throws StartFailure {
        try {
            return pulled.awaitTurn(image);
        } catch (InterruptedException cancelled) {
            throw new StartFailure(StartProblem.PULL_FAILED, "no longer waiting for the image");
        }
    }

    /** The image that is there, if the pod could have pulled it itself. */
    private Optional<Image> usable(PodSpec pod, WantedImage wanted) throws StartFailure {
        String name = wanted.name();
        Optional<Image> present = parts.runtime().image(name);
        if (present.isEmpty()) {
            return present;
        }
        PullRecords records = pulled.records();
        String id = present.get().id();
        // Cost: secrets are only asked for where they decide.
        if (records.isForAnybody(id, name)) {
            return present;
        }
        List<RegistryCredentials> own = credentials(pod, name);
        return present.filter(_ -> records.admits(id, name, own));
    }

    private List<RegistryCredentials> credentials(PodSpec pod, String name) throws StartFailure {
        try {
            return pullSecrets.credentials(pod, name);
        } catch (EdgeFault away) {
            throw new StartFailure(StartProblem.PULL_FAILED, String.valueOf(away.getMessage()));
        }
    }

    private StartFailure neverPulled(PodSpec pod, WantedImage wanted) {
        boolean isPresent = parts.runtime().image(wanted.name()).isPresent();
        String message =
                isPresent
                        ? "Container image \"%s\" is present with pull policy of Never, but was pulled with credentials that the pod does not have"
                                .formatted(wanted.name())
                        : "Container image \"%s\" is not present with pull policy of Never"
                                .formatted(wanted.name());
        record(pod, wanted, "ErrImageNeverPull", message);
        return new StartFailure("ErrImageNeverPull", message);
    }

    /** A failure is a warning. */
    private void record(PodSpec pod, WantedImage wanted, String reason, String message) {
        boolean isWarning = reason.endsWith("Failed") || reason.startsWith("Err");
        parts.record(new PodEvent(pod, wanted.fieldPath(), isWarning, reason, message));
    }

    private void recordPresent(PodSpec pod, WantedImage wanted) {
        String message =
                "Container image \"%s\" already present on machine and can be accessed by the pod"
                        .formatted(wanted.name());
        record(pod, wanted, "Pulled", message);
    }

    private Image pull(PodSpec pod, WantedImage wanted, Instant asked) throws StartFailure {
        String name = wanted.name();
        record(pod, wanted, "Pulling", "Pulling image \"%s\"".formatted(name));
        Instant began = parts.clock().instant();
        try {
            Image image = pullBy(credentials(pod, name), name);
            Instant done = parts.clock().instant();
            pulledFor.accept(Duration.between(began, done));
            String message =
                    "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
                            .formatted(
                                    name,
                                    words(Duration.between(began, done)),
                                    words(Duration.between(asked, done)),
                                    image.sizeBytes());
            record(pod, wanted, "Pulled", message);
            return image;
        } catch (IOException fault) {
            throw new StartFailure(StartProblem.PULL_FAILED, String.valueOf(fault.getMessage()));
        } catch (RuntimeFault fault) {
            String message = "Failed to pull image \"%s\": %s".formatted(name, fault.said());
            record(pod, wanted, "Failed", message);
            throw new StartFailure(StartProblem.PULL_FAILED, fault.said());
        }
    }

    /** Compat: the first credentials that the registry takes count. */
    private Image pullBy(List<RegistryCredentials> all, String name)
            throws IOException, StartFailure {
        for (RegistryCredentials each : all.subList(0, Math.max(0, all.size() - 1))) {
            try {
                return pullWith(Optional.of(each), name);
            } catch (RuntimeFault refused) {
                LOG.info("{} is not pulled as {}: {}", name, each.user(), refused.said());
            }
        }
        return pullWith(all.stream().reduce((_, last) -> last), name);
    }

    /** Invariant: no image comes with credentials without a note of them. */
    private Image pullWith(Optional<RegistryCredentials> credentials, String name)
            throws IOException, StartFailure {
        if (credentials.isPresent()) {
            pulled.note(records -> records.begins(name));
        }
        String ref;
        try {
            ref = parts.runtime().pullImage(name, credentials);
        } catch (RuntimeFault fault) {
            pulled.note(records -> records.hasFailed(name));
            throw fault;
        }
        Image image =
                parts.runtime()
                        .image(ref)
                        .orElseThrow(
                                () ->
                                        new StartFailure(
                                                StartProblem.PULL_FAILED,
                                                "the image is gone right after its pull"));
        List<String> present = parts.runtime().images().stream().map(Image::id).toList();
        pulled.note(records -> records.isPulled(image.id(), name, credentials, present));
        return image;
    }

    private void refuseInvalid(PodSpec pod, WantedImage wanted) throws StartFailure {
        Optional<String> problem = ImageName.problem(wanted.name());
        if (problem.isPresent()) {
            String message =
                    "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": %s"
                            .formatted(wanted.name(), wanted.name(), problem.get());
            record(pod, wanted, "InspectFailed", message);
            throw new StartFailure(StartProblem.INVALID_NAME, message);
        }
    }

    private static String words(Duration time) {
        return time.toSeconds() == 0
                ? time.toMillis() + "ms"
                : "%d.%03ds".formatted(time.toSeconds(), time.toMillisPart());
    }
}
