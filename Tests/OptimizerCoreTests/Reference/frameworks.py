"""Makes frameworks.json: what lines of Optax and Keras do from a start, in float64.

    pip install optax==0.2.8 "jax[cpu]==0.10.2" keras==3.15.1
    python frameworks.py > frameworks.json
"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import keras
import numpy as np
import optax

START, STEPS = [-1.4, 0.9], 30
# The six-hump camel.
gradient = jax.jit(jax.grad(lambda p: (4 - 2.1 * p[0] ** 2 + p[0] ** 4 / 3) * p[0] ** 2 + p[0] * p[1] + (4 * p[1] ** 2 - 4) * p[1] ** 2))


def optax_run(line):
    optimizer = eval(line, {"optax": optax})
    p = jnp.array(START)
    # Lookahead has two points, of which the fast one moves; SAM asks for gradients itself.
    has_two = line.startswith("optax.lookahead")
    more = {"grad_fn": lambda q, _: gradient(q)} if line.startswith("optax.contrib.sam") else {}
    if has_two:
        p = optax.LookaheadParams.init_synced(p)
    state, points = optimizer.init(p), [START]
    for _ in range(STEPS):
        updates, state = optimizer.update(gradient(p.fast if has_two else p), state, p, **more)
        p = optax.apply_updates(p, updates)
        points.append(np.array(p.fast if has_two else p).tolist())
    return points


def keras_run(line):
    variable = keras.Variable(np.array(START), dtype="float64")
    optimizer = eval(line, {"keras": keras})
    optimizer.build([variable])
    points = [START]
    for _ in range(STEPS):
        optimizer.apply([gradient(variable.value)], [variable])
        points.append(np.array(variable.value).tolist())
    return points


OPTAX = {
    "sgd:lr=0.01": "optax.sgd(learning_rate=0.01)",
    "momentum:lr=0.005,beta=0.8": "optax.sgd(learning_rate=0.005, momentum=0.8, nesterov=False)",
    "nesterov:lr=0.005,beta=0.8,form=torch": "optax.sgd(learning_rate=0.005, momentum=0.8, nesterov=True)",
    "adagrad:lr=0.1,eps=1e-7,initial=0.1,eps_inside=on":
        "optax.adagrad(learning_rate=0.1, initial_accumulator_value=0.1, eps=1e-7)",
    "rmsprop:lr=0.01,rho=0.9,eps_inside=on":
        "optax.rmsprop(learning_rate=0.01, decay=0.9, eps=1e-8, eps_in_sqrt=True, centered=False, momentum=0.0)",
    "rmsprop:lr=0.01,eps=0.001,momentum=0.5,centered=on":
        "optax.rmsprop(learning_rate=0.01, decay=0.99, eps=0.001, eps_in_sqrt=False, centered=True, momentum=0.5)",
    "adadelta:rho=0.95,eps=0.0001": "optax.adadelta(learning_rate=1.0, rho=0.95, eps=0.0001)",
    "adam:lr=0.05,beta2=0.99,eps=0.001": "optax.adam(learning_rate=0.05, b1=0.9, b2=0.99, eps=0.001)",
    "adam:lr=0.05,eps=0.01,eps_inside=on":
        "optax.adam(learning_rate=0.05, b1=0.9, b2=0.999, eps=0.0, eps_root=0.01)",
    "adam:lr=0.05,l2=0.1":
        "optax.chain(optax.add_decayed_weights(0.1), optax.adam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8))",
    "amsgrad:lr=0.05,form=optax": "optax.amsgrad(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8)",
    "adamw:lr=0.05,weight_decay=0.2":
        "optax.adamw(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.2)",
    "decay(adam:lr=0.05):weight_decay=0.2":
        "optax.adamw(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.2)",
    "adamax:lr=0.05,eps=0.001": "optax.adamax(learning_rate=0.05, b1=0.9, b2=0.999, eps=0.001)",
    "nadam:lr=0.05,form=optax": "optax.nadam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8)",
    "radam:lr=0.05,form=optax": "optax.radam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8)",
    "adabelief:lr=0.05,eps=1e-8":
        "optax.adabelief(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8, eps_root=1e-16)",
    "yogi:lr=0.05": "optax.yogi(learning_rate=0.05, b1=0.9, b2=0.999, eps=0.001)",
    "adan:lr=0.05,weight_decay=0.1":
        "optax.adan(learning_rate=0.05, b1=0.98, b2=0.92, b3=0.99, eps=1e-8, eps_root=0.0, weight_decay=0.1)",
    "novograd:lr=0.05":
        "optax.novograd(learning_rate=0.05, b1=0.9, b2=0.25, eps=1e-6, eps_root=0.0, weight_decay=0.0)",
    "lion:lr=0.02,weight_decay=0.1": "optax.lion(learning_rate=0.02, b1=0.9, b2=0.99, weight_decay=0.1)",
    "signsgd:lr=0.02": "optax.sign_sgd(learning_rate=0.02)",
    "clip(sgd:lr=0.05):norm=0.5": "optax.chain(optax.clip_by_global_norm(0.5), optax.sgd(learning_rate=0.05))",
    "signsgd:lr=0.02,beta=0.8": "optax.signum(learning_rate=0.02, beta=0.8)",
    "ema-momentum:lr=0.02,beta=0.8":
        "optax.chain(optax.ema(decay=0.8, debias=False), optax.scale_by_learning_rate(learning_rate=0.02))",
    "nadam:lr=0.05,weight_decay=0.2,form=optax":
        "optax.nadamw(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.2)",
    "sgdw:lr=0.005,beta=0.8,nesterov=on,weight_decay=0.3":
        "optax.chain(optax.trace(decay=0.8, nesterov=True), optax.add_decayed_weights(weight_decay=0.3), optax.scale_by_learning_rate(learning_rate=0.005))",
    "decay(momentum:lr=0.005,beta=0.8):weight_decay=0.3":
        "optax.chain(optax.trace(decay=0.8, nesterov=False), optax.add_decayed_weights(weight_decay=0.3), optax.scale_by_learning_rate(learning_rate=0.005))",
    "decay(sgd:lr=0.01):weight_decay=0.3":
        "optax.chain(optax.add_decayed_weights(0.3), optax.sgd(learning_rate=0.01))",
    "lookahead(momentum:lr=0.005,beta=0.8):k=4,alpha=0.3":
        "optax.lookahead(optax.sgd(learning_rate=0.005, momentum=0.8, nesterov=False), sync_period=4, slow_step_size=0.3)",
    "lookahead(clip(adam:lr=0.05):norm=2)":
        "optax.lookahead(optax.chain(optax.clip_by_global_norm(2.0), optax.adam(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8)), sync_period=5, slow_step_size=0.5)",
    "sam(adamw:lr=0.05,weight_decay=0.2):rho=0.1":
        "optax.contrib.sam(optax.adamw(learning_rate=0.05, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.2), optax.chain(optax.contrib.normalize(), optax.sgd(0.1)), sync_period=2, opaque_mode=True)",
    "sam(momentum:lr=0.005,l2=0.2)":
        "optax.contrib.sam(optax.chain(optax.add_decayed_weights(0.2), optax.sgd(learning_rate=0.005, momentum=0.9, nesterov=False)), optax.chain(optax.contrib.normalize(), optax.sgd(0.05)), sync_period=2, opaque_mode=True)",
}
KERAS = {
    "sgd:lr=0.01": "keras.optimizers.SGD(learning_rate=0.01)",
    "momentum:lr=0.005,beta=0.8": "keras.optimizers.SGD(learning_rate=0.005, momentum=0.8, nesterov=False)",
    "nesterov:lr=0.005,beta=0.8,form=torch":
        "keras.optimizers.SGD(learning_rate=0.005, momentum=0.8, nesterov=True)",
    "adagrad:lr=0.1,eps=1e-7,initial=0.1,eps_inside=on":
        "keras.optimizers.Adagrad(learning_rate=0.1, initial_accumulator_value=0.1, epsilon=1e-7)",
    "rmsprop:lr=0.01,rho=0.9,eps=0.001,momentum=0.5,centered=on,eps_inside=on":
        "keras.optimizers.RMSprop(learning_rate=0.01, rho=0.9, momentum=0.5, epsilon=0.001, centered=True)",
    "adadelta:rho=0.95,eps=0.0001": "keras.optimizers.Adadelta(learning_rate=1.0, rho=0.95, epsilon=0.0001)",
    "adam:lr=0.05,beta2=0.99,eps=0":
        "keras.optimizers.Adam(learning_rate=0.05, beta_1=0.9, beta_2=0.99, epsilon=0.0)",
    "adamw:lr=0.05,eps=0,weight_decay=0.2":
        "keras.optimizers.AdamW(learning_rate=0.05, beta_1=0.9, beta_2=0.999, epsilon=0.0, weight_decay=0.2, amsgrad=False)",
    "adamax:lr=0.05,eps=0": "keras.optimizers.Adamax(learning_rate=0.05, beta_1=0.9, beta_2=0.999, epsilon=0.0)",
    "lion:lr=0.02,weight_decay=0.1":
        "keras.optimizers.Lion(learning_rate=0.02, beta_1=0.9, beta_2=0.99, weight_decay=0.1)",
    "decay(sgd:lr=0.01):weight_decay=0.3": "keras.optimizers.SGD(learning_rate=0.01, weight_decay=0.3)",
    "clip(sgd:lr=0.05):norm=0.5": "keras.optimizers.SGD(learning_rate=0.05, global_clipnorm=0.5)",
    "amsgrad:lr=0.05,eps=0":
        "keras.optimizers.Adam(learning_rate=0.05, beta_1=0.9, beta_2=0.999, epsilon=0.0, amsgrad=True)",
    "adamw:lr=0.05,beta2=0.9,eps=0,weight_decay=0.2,amsgrad=on":
        "keras.optimizers.AdamW(learning_rate=0.05, beta_1=0.9, beta_2=0.9, epsilon=0.0, weight_decay=0.2, amsgrad=True)",
    "nadam:lr=0.05,eps=0.001,momentum_decay=1,weight_decay=0.2":
        "keras.optimizers.Nadam(learning_rate=0.05, beta_1=0.9, beta_2=0.999, epsilon=0.001, weight_decay=0.2)",
    "signsgd:lr=0.02,beta=0.8": "keras.optimizers.Lion(learning_rate=0.02, beta_1=0.8, beta_2=0.8)",
    "sgdw:lr=0.005,beta=0.8,nesterov=on,weight_decay=0.3":
        "keras.optimizers.SGD(learning_rate=0.005, momentum=0.8, nesterov=True, weight_decay=0.3)",
}
cases = [{"framework": name, "spec": spec, "line": line, "trajectory": run(line)}
         for name, table, run in [("optax", OPTAX, optax_run), ("keras", KERAS, keras_run)]
         for spec, line in table.items()]
print(json.dumps({"peer": f"optax {optax.__version__}, keras {keras.__version__}", "surface": "six_hump_camel", "cases": cases}))
