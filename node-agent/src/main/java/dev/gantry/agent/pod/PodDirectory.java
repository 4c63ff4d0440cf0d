package dev.gantry.agent.pod;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;

/** The pods of this node by name, with their status as the agent sees it right now. */
public interface PodDirectory {
    Optional<Resource> pod(String namespace, String name);

    /** By namespace and name. */
    List<Resource> pods();
}
