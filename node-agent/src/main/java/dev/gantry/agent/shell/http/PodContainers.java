package dev.gantry.agent.shell.http;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Finds the containers that clients name, as the pods' statuses say. */
final class PodContainers {
    private static final List<String> STATUSES =
            List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses");

    private final PodDirectory pods;
    private final ContainerRuntime runtime;

    PodContainers(PodDirectory pods, ContainerRuntime runtime) {
        this.pods = pods;
        this.runtime = runtime;
    }

    List<Resource> pods() {
        return pods.pods();
    }

    /** When the containers that run began, by their id. */
    Map<String, Instant> started() {
        Map<String, Instant> found = new HashMap<>();
        forEachStatus(
                (id, status) ->
                        Resource.instant(status.path("state").path("running").path("startedAt"))
                                .ifPresent(at -> found.put(id, at)));
        return found;
    }

    /** Of which images the containers are, by their id. */
    Map<String, String> images() {
        Map<String, String> found = new HashMap<>();
        forEachStatus((id, status) -> found.put(id, Resource.text(status, "image")));
        return found;
    }

    private void forEachStatus(BiConsumer<String, JsonNode> each) {
        for (Resource pod : pods()) {
            for (String list : STATUSES) {
                for (JsonNode status : pod.status().path(list)) {
                    String id = Resource.text(status, "containerID");
                    if (!id.isEmpty()) {
                        each.accept(id.substring(id.indexOf("://") + 3), status);
                    }
                }
            }
        }
    }

    /** The container that runs now. */
    ContainerStatus running(String namespace, String pod, String container) throws Refused {
        return find(namespace, pod, container, LogAge.CURRENT)
                .filter(ContainerStatus::isRunning)
                .orElseThrow(() -> new Refused(500, "container not found (\"" + container + "\")"));
    }

    /** The container whose log is meant; it may have ended. */
    ContainerStatus logged(String namespace, String pod, String container, LogAge age)
            throws Refused {
        boolean isPrevious = age == LogAge.PREVIOUS;
        Optional<ContainerStatus> found = find(namespace, pod, container, age);
        if (found.isPresent()) {
            return found.get();
        }
        if (isPrevious) {
            throw new Refused(
                    400,
                    "previous terminated container \"%s\" in pod \"%s\" not found"
                            .formatted(container, pod));
        }
        throw new Refused(
                404, "container \"%s\" in pod \"%s\" has no log".formatted(container, pod));
    }

    /** Which life of a container is meant. */
    enum LogAge {
        CURRENT,
        PREVIOUS
    }

    /** The id of the pod's newest sandbox that is ready. */
    String sandbox(String namespace, String name) throws Refused {
        Resource pod = pod(namespace, name);
        return runtime.sandboxes().stream()
                .filter(each -> each.isReady() && each.podUid().equals(pod.uid().value()))
                .max(Comparator.comparing(PodSandbox::createdAt))
                .map(PodSandbox::id)
                .orElseThrow(() -> new Refused(500, "pod \"" + name + "\" is not running"));
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    private Optional<ContainerStatus> find(
            String namespace, String name, String container, LogAge age) throws Refused {
        Resource pod = pod(namespace, name);
        for (String list : STATUSES) {
            for (JsonNode status : pod.status().path(list)) {
                if (Resource.text(status, "name").equals(container)) {
                    JsonNode holder =
                            age == LogAge.PREVIOUS
                                    ? status.path("lastState").path("terminated")
                                    : status;
                    return runtimeStatus(Resource.text(holder, "containerID"));
                }
            }
        }
        return Optional.empty();
    }

    /** Compat: statuses name containers as {@code containerd://<id>}. */
    private Optional<ContainerStatus> runtimeStatus(String reference) {
        String id = reference.substring(reference.lastIndexOf('/') + 1);
        return id.isEmpty() ? Optional.empty() : runtime.container(id);
    }

    private Resource pod(String namespace, String name) throws Refused {
        return pods.pod(namespace, name)
                .orElseThrow(
                        () ->
                                new Refused(
                                        404, "pod \"%s/%s\" not found".formatted(namespace, name)));
    }
}
