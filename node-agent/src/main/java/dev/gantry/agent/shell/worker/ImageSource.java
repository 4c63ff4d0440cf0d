package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.StartProblem;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.spec.ImageName;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.spec.WantedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets an image that a pod wants: from the node, or from its registry, as its policy says.
 *
 * <p>Pods that want the same image at once wait for one pull. Compat: events and messages of {@code
 * pkg/kubelet/images/image_manager.go}.
 */
final class ImageSource {
    private static final Logger LOG = LoggerFactory.getLogger(ImageSource.class);

    private final NodeParts parts;
    private final ImagePullSecrets pullSecrets;
    private final Map<String, ReentrantLock> pulls = new ConcurrentHashMap<>();

    ImageSource(NodeParts parts) {
        this.parts = parts;
        this.pullSecrets = new ImagePullSecrets(parts.cluster().objects());
    }

    /** Throws {@link StartFailure} where the image cannot be had now. */
    Image image(PodSpec pod, WantedImage wanted) throws StartFailure {
        String name = wanted.name();
        refuseInvalid(pod, wanted);
        Optional<Image> present = parts.runtime().image(name);
        String policy = wanted.policy();
        if (present.isPresent() && !policy.equals("Always")) {
            recordPresent(pod, wanted);
            return present.get();
        }
        if (policy.equals("Never")) {
            String message =
                    "Container image \"%s\" is not present with pull policy of Never"
                            .formatted(name);
            record(pod, wanted, "ErrImageNeverPull", message);
            throw new StartFailure("ErrImageNeverPull", message);
        }
        ReentrantLock turn = pulls.computeIfAbsent(name, _ -> new ReentrantLock());
        Instant asked = parts.clock().instant();
        turn.lock();
        try {
            Optional<Image> meanwhile =
                    policy.equals("Always") ? Optional.empty() : parts.runtime().image(name);
            return meanwhile.isPresent() ? meanwhile.get() : pull(pod, wanted, asked);
        } finally {
            turn.unlock();
        }
    }

    /** A failure is a warning. */
    private void record(PodSpec pod, WantedImage wanted, String reason, String message) {
        boolean isWarning = reason.endsWith("Failed") || reason.startsWith("Err");
        parts.cluster()
                .events()
                .record(new PodEvent(pod, wanted.fieldPath(), isWarning, reason, message));
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
            String ref = pullBy(pullSecrets.credentials(pod, name), name);
            Image image =
                    parts.runtime()
                            .image(ref)
                            .orElseThrow(
                                    () ->
                                            new StartFailure(
                                                    StartProblem.PULL_FAILED,
                                                    "the image is gone right after its pull"));
            Instant done = parts.clock().instant();
            String message =
                    "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
                            .formatted(
                                    name,
                                    words(Duration.between(began, done)),
                                    words(Duration.between(asked, done)),
                                    image.sizeBytes());
            record(pod, wanted, "Pulled", message);
            return image;
        } catch (EdgeFault away) {
            throw new StartFailure(StartProblem.PULL_FAILED, String.valueOf(away.getMessage()));
        } catch (RuntimeFault fault) {
            String message = "Failed to pull image \"%s\": %s".formatted(name, fault.said());
            record(pod, wanted, "Failed", message);
            throw new StartFailure(StartProblem.PULL_FAILED, fault.said());
        }
    }

    /** Compat: the first credentials that the registry takes count. */
    private String pullBy(List<RegistryCredentials> all, String name) {
        for (RegistryCredentials each : all.subList(0, Math.max(0, all.size() - 1))) {
            try {
                return parts.runtime().pullImage(name, Optional.of(each));
            } catch (RuntimeFault refused) {
                LOG.info("{} is not pulled as {}: {}", name, each.user(), refused.said());
            }
        }
        return parts.runtime().pullImage(name, all.stream().reduce((_, last) -> last));
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
