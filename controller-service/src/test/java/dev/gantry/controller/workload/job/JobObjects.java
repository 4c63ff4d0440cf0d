package dev.gantry.controller.workload.job;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.meta.Resource;

/** A Job as the API would have stored it. */
final class JobObjects {
    private JobObjects() {}

    static Resource job(String spec) {
        return SimulatedApi.object(
                """
                {'apiVersion':'batch/v1','kind':'Job',
                 'metadata':{'name':'pi','namespace':'default'},
                 'spec':{%s,'selector':{'matchLabels':{'job':'pi'}},
                   'template':{'metadata':{'labels':{'job':'pi'}},
                     'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}},
                 'status':{}}
                """
                        .formatted(spec));
    }
}
