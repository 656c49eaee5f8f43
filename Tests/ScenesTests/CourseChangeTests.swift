import Testing

@testable import Scenes

/// What would make the scenes of the course false is caught, and what leaves their claims true is not.
struct CourseChangeTests {
  /// Changes of a scene, the first place of a text replaced: an optimizer exchanged or frozen, another landscape, a knob
  /// turned. Those that are `false` make a claim of it false; under those that are `true` every claim of it holds.
  private static let table = #"""
    adagrad-stalls
      false: {use: "adagrad:lr=0.3", label → {use: "rmsprop:lr=0.3,rho=0.9", name: adagrad, label
      false: {use: "adagrad:lr=0.3", label → {use: "adagrad:lr=1e-8", label
      false: {use: "rmsprop:lr=0.1,rho=0.9", label → {use: "adagrad:lr=0.1", name: rmsprop, label
      false: "rmsprop:lr=0.1,rho=0.9" → "rmsprop:lr=0.1,rho=0.9,schedule=inverse(10)"
      true: start: [-9, 0.8] → start: [-8, -0.5]
      true: rmsprop:lr=0.1, → rmsprop:lr=0.12,
      true: adagrad:lr=0.3 → adagrad:lr=0.27
      false: landscape: long-valley → landscape: bowl
    adam-cap
      false: beta2=0.9" → beta2=0.999"
      false: "adam:lr=0.1,beta2=0.99" → "adam:lr=1e-8,beta2=0.99"
      false: "adam:lr=0.1,beta2=0.99" → "adam:lr=0.1,beta2=0.99,bias_correction=off"
      false: value: 0.5 → value: 0
      false: {use: "adam:lr=0.1,beta2=0.99", label → {use: "lion:lr=0.1,beta2=0.99", name: adam, label
      true: start: [-6, 2] → start: [-5, -1]
      true: "adam:lr=0.1,beta2=0.99" → "adam:lr=0.12,beta2=0.99"
      true: "adam:lr=0.1,beta2=0.99" → "adam:lr=0.08,beta2=0.99"
      true: value: 0.5 → value: 0.8
      false: {use: "adam:lr=0.1,beta2=0.99", label → {use: "adabelief:lr=0.1,beta2=0.99", name: adam, label
      false: if(x < 0, -x, → if(x < 0, -2*x,
      false: "adam:lr=0.1,beta2=0.99" → "adam:lr=0.1,beta2=0.97"
    adam-correction
      false: adam:lr=0.1,bias_correction=off → adam:lr=0.1
      false: adam:lr=0.1,bias_correction=off → adam:lr=0.1,bias_correction=off,beta2=0.99
      false: use: "adam:lr=0.1" → use: "adam:lr=0.1,bias_correction=off"
      false: adam:lr=0.1,bias_correction=off → lion:lr=0.1
      true: start: [-6, 4.5] → start: [5, 5]
      true: adam:lr=0.1,bias_correction=off → adam:lr=0.12,bias_correction=off
      true: adam:lr=0.1,bias_correction=off → adam:lr=0.08,bias_correction=off
    adam-fails
      false: project(amsgrad: → project(adam:
      false: project(amsgrad:lr=0.1,beta1=0,beta2=0.1,schedule=inverse-sqrt()) → project(sgd:lr=0.0012)
      false: {name: adam-counterexample, c: 3} → {name: adam-counterexample, c: 10}
      false: project(adam:lr=0.1,beta1=0,beta2=0.1 → project(adam:lr=0.1,beta1=0,beta2=0.999
      false: project(adam:lr=0.1 → project(adam:lr=1e-8
      true: start: [0, 0.5] → start: [0.1, -0.5]
      true: start: [0, 0.5] → start: [-0.4, 0.5]
      true: project(adam:lr=0.1 → project(adam:lr=0.12
      true: project(amsgrad:lr=0.1 → project(amsgrad:lr=0.12
      false: {name: adam-counterexample, c: 3} → {formula: "if(mod(t, 2) == 1, c*x, -x) + 0.5*y^2", constants: {c: 3}}
    adam-flow
      false: adam-flow:lr=0.05,beta1=0.97 → adam-flow:lr=0.05,beta1=0
      false: flow:dt=0.05", label → adam:lr=0.05", name: flow, label
      false: {name: ravine, kappa: 4} → {formula: "x + y"}
      true: start: [2, 2.5] → start: [-2, 1.5]
      true: kappa: 4 → kappa: 6
      true: {use: "flow:dt=0.05" → {use: "flow:dt=0.04"
      false: {use: "adam-flow:lr=0.05,beta1=0.97,beta2=0.99" → {use: "lion:lr=0.05,beta1=0.9,beta2=0.99"
    adam-noise
      false: yy=25 → yy=0.01
      false: yy=25 → yy=9
      false: {use: "adam:lr=0.02", label → {use: "sgd:lr=0.02", name: adam, label
      true: seed: 1 → seed: 700
      true: "adam:lr=0.02" → "adam:lr=0.024"
      true: start: [0, 0] → start: [3, -2]
      false: xx=0.01 → xx=4
      false: {use: "sgd:lr=0.02", label → {use: "adam:lr=0.02", name: sgd, label
      false: {formula: "x + y"} → {formula: "x + 2*y"}
    adam-scale
      false: {use: "adam:lr=0.05", label → {use: "adam:lr=0.05,eps=1", label
      false: {use: "sgd:lr=0.005", label → {use: "adam:lr=0.005", name: sgd, label
      false: "c*((1 - x)^2 + 10*(y - x^2)^2)" → "(1 - x)^2 + 10*c*(y - x^2)^2"
      true: start: [-1.2, 1] → start: [-1, 0.5]
      true: adam:lr=0.05 → adam:lr=0.04
      true: sgd:lr=0.005 → sgd:lr=0.004
      false: {use: "adam:lr=0.05" → {use: "adam:lr=1e-8"
      false: {use: "adam:lr=0.05" → {use: "adam:lr=0.05,l2=1"
    adam-stays
      false: {use: "adam:lr=0.03", label → {use: "sgd:lr=0.03", name: adam, label
      false: {use: "sgd:lr=0.01", label → {use: "sgd:lr=1e-8", label
      false: {use: "adam:lr=0.03", label → {use: "adam:lr=1e-8", label
      true: start: [1.5, 0] → start: [1.5, 0.05]
      true: "sgd:lr=0.01" → "sgd:lr=0.011"
      true: "adam:lr=0.03" → "adam:lr=0.028"
      true: steps: 1000 → steps: 1000\nseed: 700
      true: steps: 1000 → steps: 1000\nseed: 3000
      false: "sgd:lr=0.01" → "sgd:lr=0.05"
    adam-without
      false: x = x - lr*(m/(1 - p1))/(sqrt(v/(1 - p2)) + eps) → x = x - lr*m/(sqrt(v/(1 - p2)) + eps)
      false: x = x - lr*m/(1 - p1) → x = x - lr*m/(1 - p1)/norm(g)
      false: x = x - lr*g/(sqrt(v/(1 - p2)) + eps) → x = x - lr*g
      false: {use: "uncorrected", label → {use: "adam:lr=0.1,beta2=0.99", name: uncorrected, label
      true: start: [3, 4] → start: [3.3, 3]
      true: {use: "unscaled" → {use: "unscaled:lr=0.11"
      true: kappa: 10} → kappa: 12}
      false: m = beta1*m + (1 - beta1)*g → m = g
      false: {use: "unaveraged", → {use: "whole", name: unaveraged,
      false: {use: "uncorrected", label → {use: "uncorrected:beta2=0.999", label
    arrive-with-speed
      false: start: [1.5, 0.8] → start: [0.05, 0.8]
      false: beta=0.9 → beta=0
      false: {use: "sgd:lr=0.1", name: plain → {use: "momentum:lr=0.1,beta=0.9", name: plain
      true: start: [1.5, 0.8] → start: [1.5, -1]
      true: start: [1.5, 0.8] → start: [1.5, 0.3]
      true: start: [1.5, 0.8] → start: [1.6, -0.5]
      true: start: [1.5, 0.8] → start: [1.55, 0.3]
    batch
      false: size=1 → size=4
      false: {use: "sgd:lr=0.05", label → {use: "sgd:lr=1e-8", label
      false: {use: "sgd:lr=0.05", label → {use: "adam:lr=0.05", name: sgd, label
      false: minibatch(size=1,sampling=replacement) → gaussian(sigma=1)
      false: rows: 200 → rows: 20
      true: start: [-1, 1.5] → start: [1, 2]
      true: "sgd:lr=0.05" → "sgd:lr=0.055"
      true: steps: 600 → steps: 600\nseed: 700
      true: steps: 600 → steps: 600\nseed: 3000
    bowl
      false: landscape: bowl → landscape: elliptical-bowl
      false: landscape: bowl → landscape: {formula: "x^2 + y^2 + 3*(0.6*x + 0.8*y)^2", minima: [[0, 0]]}
      false: sgd:lr=0.1 → {use: "adam:lr=0.1", name: sgd}
      false: adam:lr=0.2 → {use: "sgd:lr=0.2", name: adam}
      false: momentum:lr=0.1,beta=0.7 → momentum:lr=0.1,beta=0
      true: start: [-2, 1.5] → start: [1, 2.2]
      true: sgd:lr=0.1 → sgd:lr=0.12
      true: adam:lr=0.2 → adam:lr=0.16
      true: momentum:lr=0.1,beta=0.7 → momentum:lr=0.12,beta=0.75
      false: - newton → - {use: "newton:damping=1", name: newton}
    cancel
      false: beta=0.7 → beta=0
      false: momentum:lr=0.018,beta=0.7 → momentum:lr=0.018,beta=0
      false: use: "momentum:lr=0.018,beta=0.7" → use: "momentum:lr=1e-8,beta=0.7"
      false: {name: ravine, kappa: 100} → {name: ravine, kappa: 1}
      true: start: [1, 10] → start: [-2, 6]
      true: start: [1, 10] → start: [0.8, 9]
      false: ema-momentum:lr=0.06 → ema-momentum:lr=0.018
      true: start: [1, 10] → start: [0.8, 12]
      false: beta=0.7", label: Heavy → beta=0.97", label: Heavy
      false: {use: "momentum:lr=0.018,beta=0.7", label → {use: "ema-momentum:lr=0.06,beta=0.7", name: momentum, label
      false: sgd:lr=0.018 → sgd:lr=0.002
    cliff
      false: norm=1" → norm=100"
      false: {use: "sgd:lr=0.3", label → {use: "adam:lr=0.3", name: sgd, label
      false: use: "sgd:lr=0.3" → use: "sgd:lr=1e-8"
      false: use: "adam:lr=0.1" → use: "adam:lr=1e-8"
      false: landscape: cliff → landscape: {name: cliff, height: 0.1}
      true: adam:lr=0.1 → adam:lr=0.12
      true: clip(sgd:lr=0.3) → clip(sgd:lr=0.25)
      true: adam:lr=0.1 → adam:lr=0.09
      false: landscape: cliff → landscape: {name: cliff, height: 20}
      false: {use: "adam:lr=0.1", label → {use: "adam:lr=2", label
      true: steps: 300 → steps: 300\nseed: 700
    condition
      false: sgd:lr=0.1" → sgd:lr=0.15"
      false: sgd:lr=0.1" → sgd:lr=1e-8"
      false: {use: "sgd:lr=0.1", label → {use: "adam:lr=0.1", name: sgd, label
      true: start: [1, 10] → start: [0.5, 10]
      true: start: [1, 10] → start: [1, -9.9]
      true: start: [1, 10] → start: [2, -10]
    contraction
      false: 36*softplus(x) - 18*x → 18*softplus(x) - 9*x
      false: sgd:lr=0.1" → sgd:lr=0.02"
      false: {use: "sgd:lr=0.1", label → {use: "momentum:lr=0.1,beta=0.95", name: sgd, label
      true: start: [-4, 3] → start: [3, -2]
      true: start: [-4, 3] → start: [-2, -3]
      true: start: [-4, 3] → start: [4, 3]
      false: 36*softplus(x) - 18*x → 36*softplus(x - 1) - 9*x
    decay-in-sgd
      false: sgdw:lr=0.05,beta=0,weight_decay=0.2 → sgdw:lr=0.05,beta=0,weight_decay=0.1
      false: weight_decay=0.2", name: decay, → weight_decay=0.1", name: decay,
      false: sgdw:lr=0.05,beta=0.9,weight_decay=0.2 → momentum:lr=0.05,beta=0.9,l2=0.2
      false: decay(momentum:lr=0.05,beta=0.9) → decay(momentum:lr=0.05,beta=0.8)
      true: start: [-1.3, 2.1] → start: [0.5, 0.5]
      true: start: [-1.3, 2.1] → start: [1.1, -1.9]
      true: kappa: 10} → kappa: 12}
    full-matrix
      false: adagrad-full:lr=1 → adagrad:lr=1
      false: adagrad:lr=1" → adagrad-full:lr=1"
      false: adagrad-full:lr=1 → adagrad-full:lr=1e-8
      true: adagrad-full:lr=1 → adagrad-full:lr=1.1
      true: adagrad:lr=1" → adagrad:lr=0.9"
      true: steps: 500 → steps: 600
      false: name: rotated-ravine, kappa: 100, angle: 45 → name: rotated-ravine, kappa: 100, angle: 0
      false: adagrad:lr=1" → adagrad:lr=0.1"
    gauss-newton
      false: landscape: exponential-fit → landscape: {name: exponential-fit, residual: 0.5}
      false: {use: gauss-newton, label → {use: "gauss-newton:damping=0.01", label
      false: {use: "sgd:lr=0.5" → {use: "gauss-newton", name: sgd
      true: {use: "sgd:lr=0.5" → {use: "sgd:lr=0.4"
      true: steps: 40 → steps: 60
      true: {use: "sgd:lr=0.5" → {use: "sgd:lr=0.55"
      false: {use: gauss-newton, label → {use: newton, name: gauss-newton, label
      false: {use: "sgd:lr=0.5" → {use: "sgd:lr=1e-8"
    heavy-ball-cycles
      false: {use: "momentum:lr=0.1111111111111111,beta=0.4444444444444444", label → {use: "nesterov:lr=0.04,beta=0.67", name: momentum, label
      false: 0.5*x^2 + 24*x - 12 → 12.5*x^2
      false: nesterov-convex:lr=0.04 → momentum:lr=0.1111111111111111,beta=0.4444444444444444
      false: sgd:lr=0.04 → sgd:lr=1e-8
      true: start: [3.3, 1] → start: [3.4, -1]
      true: start: [3.3, 1] → start: [3.2, 0.5]
      true: sgd:lr=0.04 → sgd:lr=0.035
      true: nesterov-convex:lr=0.04 → nesterov-convex:lr=0.033
      false: {use: "momentum:lr=0.1111111111111111 → {use: "momentum:lr=1e-8
    heavy-tails
      false: {use: "sgd:lr=0.01", label → {use: "adam:lr=0.01", name: sgd, label
      false: noise: levy(alpha=1.5,scale=2) → noise: levy(alpha=2,scale=2)
      false: sgd:lr=0.01 → sgd:lr=1e-8
      true: sgd:lr=0.01 → sgd:lr=0.011
      true: start: [1.5, 0] → start: [1.5, 0.05]
      true: sgd:lr=0.01 → sgd:lr=0.0105
      false: sgd:lr=0.01 → sgd:lr=0.06
      true: steps: 1000 → steps: 1000\nseed: 700
      true: steps: 1000 → steps: 1000\nseed: 3000
    init-chain
      false: [0.3, 0.3] → [0.8, 0.8]
      false: landscape: deep-chain → landscape: {formula: "0.5*(x*y - 1)^2"}
      false: clip(sgd:lr=0.02) → clip(sgd:lr=1e-8)
      false: {use: "sgd:lr=0.02", label → {use: "clip(sgd:lr=0.02):norm=1", name: sgd, label
      true: sgd:lr=0.02 → sgd:lr=0.024
      true: sgd:lr=0.02 → sgd:lr=0.016
      true: [0.3, 0.3] → [0.3, 0.25]
      true: [1.8, 1.8] → [1.9, 1.75]
      false: [0.8, 0.8] → [0.4, 0.4]
    lion-by-mutation
      false: c = beta1*m + (1 - beta1)*g; x = x - lr*sign(c) → c = beta1*m + (1 - beta1)*g; x = x - lr*c
      false: m = beta*m + (1 - beta)*g; x = x - lr*sign(m) → m = beta*m + (1 - beta)*g; x = x - lr*m/norm(m)
      false: beta2=0.99): → beta2=0.9):
      true: start: [3, 4] → start: [3.5, 4.2]
      true: kappa: 10} → kappa: 12}
      true: start: [3, 4] → start: [2.8, 4.4]
      false: x = x - lr*m" → x = x - lr*sign(m)"
    lion-rattles
      false: {use: "lion:lr=0.2", label → {use: "adam:lr=0.2", name: lion, label
      false: lion:lr=0.2,schedule=cosine(300) → lion:lr=0.2
      false: "lion:lr=0.2" → "lion:lr=1e-8"
      false: "lion:lr=0.2" → "lion:lr=0.2,schedule=cosine(300)"
      false: "signsgd:lr=0.2" → "signsgd:lr=0.2,schedule=cosine(300)"
      false: "rprop:lr=0.2" → "signsgd:lr=0.2", name: rprop
      true: start: [3, 4] → start: [2, 5]
      true: start: [3, 4] → start: [-3, 4.3]
      true: "lion:lr=0.2" → "lion:lr=0.16"
      true: "lion:lr=0.2" → "lion:lr=0.24"
      true: kappa: 10} → kappa: 20}
      true: "rprop:lr=0.2" → "rprop:lr=0.24"
      false: "signsgd:lr=0.2" → "signsgd:lr=1e-8"
    minimum-norm
      false: {use: "sgd:lr=0.05", label → {use: "adam:lr=0.05", name: sgd, label
      false: {use: "adam:lr=0.05", label → {use: "sgd:lr=0.05", name: adam, label
      false: start: [0, 0] → start: [1, 0]
      false: lion:lr=0.02,schedule=cosine(800) → lion:lr=0.2
      true: "sgd:lr=0.05" → "sgd:lr=0.06"
      true: adam:lr=0.05 → adam:lr=0.06
      true: adam:lr=0.05 → adam:lr=0.04
      true: adagrad:lr=0.3 → adagrad:lr=0.36
      true: lion:lr=0.02 → lion:lr=0.024
      false: landscape: one-equation → landscape: bowl
    muon-steps
      false: orthogonalise=svd → orthogonalise=newton-schulz
      false: {use: "muon:lr=0.05,beta=0.9,orthogonalise=svd", label → {use: "momentum:lr=0.005,beta=0.9", name: muon, label
      false: muon:lr=0.05 → muon:lr=1e-8
      false: {use: "adam:lr=0.05", label → {use: "muon:lr=0.05", name: adam, label
      true: muon:lr=0.05 → muon:lr=0.06
      true: muon:lr=0.05 → muon:lr=0.04
      true: sgd:lr=0.01 → sgd:lr=0.012
      true: landscape: matrix-2x2 → landscape: {name: matrix-2x2, kappa: 60}
      false: matrix-2x2 → {name: matrix-2x2, kappa: 1}
      false: {use: "sgd:lr=0.01" → {use: "sgd:lr=1e-8"
      false: {use: "sgd:lr=0.01", label → {use: "adam:lr=0.05", name: sgd, label
      false: {use: "adam:lr=0.05" → {use: "adam:lr=1e-8"
    nesterov
      false: {use: "nesterov-convex:lr=0.9", name → {use: "sgd:lr=0.9", name
      false: {use: "nesterov-convex:lr=0.9", name → {use: "momentum:lr=0.9,beta=0.95", name
      false: {use: "nesterov-convex:lr=0.9", name → {use: newton, name
      false: nesterov-convex:lr=0.9 → nesterov-convex:lr=1e-8
      false: 4*softplus(-x) + 0.5*y^2 → 0.05*x^2 + 0.5*y^2
      true: start: [-2, 1.5] → start: [0, -1]
      true: nesterov-convex:lr=0.9 → nesterov-convex:lr=0.72
      true: "sgd:lr=0.9" → "sgd:lr=0.8"
      false: "sgd:lr=0.9" → "sgd:lr=2.2"
    newton-one-step
      false: {use: newton, label → {use: diagonal-newton, name: newton, label
      false: {use: newton, label → {use: "newton:damping=1", label
      false: {use: diagonal-newton, label → {use: newton, name: diagonal-newton, label
      true: start: [-1.3, 2.1] → start: [2, -1]
      true: angle: 30} → angle: 50}
      false: {use: "sgd:lr=0.001", label → {use: newton, name: sgd, label
      false: {use: diagonal-newton, label → {use: "adagrad:lr=1", name: diagonal-newton, label
      true: kappa: 1000 → kappa: 300
      false: {name: rotated-ravine, kappa: 1000, angle: 30} → {formula: "0.5*x^2 + 10*y^2 + 0*kappa*angle", constants: {kappa: {value: 1000, range: [1, 2000]}, angle: {value: 30, range: [0, 90]}}}
    newton-schulz
      false: ns_steps=5,coefficients=classic → ns_steps=15,coefficients=classic
      false: {use: "muon:lr=0.05,beta=0,ns_steps=15,coefficients=classic", name: longer → {use: "muon:lr=0.05,beta=0,ns_steps=5,coefficients=classic", name: longer
      false: ns_steps=5,coefficients=quintic → ns_steps=5,coefficients=classic
      false: {use: "muon:lr=0.05,beta=0,ns_steps=5,coefficients=classic", name: classic → {use: "muon:lr=0.05,beta=0,ns_steps=5,coefficients=quintic", name: classic
      false: kappa: 1000 → kappa: 100
      true: muon:lr=0.05,beta=0,ns_steps=5,coefficients=classic → muon:lr=0.06,beta=0,ns_steps=5,coefficients=classic
      true: muon:lr=0.05,beta=0,ns_steps=15 → muon:lr=0.05,beta=0,ns_steps=18
      true: muon:lr=0.05,beta=0,ns_steps=5,coefficients=quintic → muon:lr=0.04,beta=0,ns_steps=5,coefficients=quintic
    newton-uphill
      false: {use: newton, label → {use: "newton:saddle_free=on", name: newton, label
      false: sgd:lr=0.005 → sgd:lr=1e-8
      false: "newton:saddle_free=on", name: saddle-free → "newton", name: saddle-free
      false: start: [0, 0] → start: [3.5, 2.5]
      false: {use: newton, label → {use: "newton:lr=0.001", name: newton, label
      true: start: [0, 0] → start: [-0.1, 0]
      true: sgd:lr=0.005 → sgd:lr=0.006
      true: start: [0, 0] → start: [0.1, -0.2]
    peaks
      false: adam:lr=0.03" → adam:lr=1e-8"
      false: {use: "adam:lr=0.03", label → {use: "sgd:lr=0.3", name: adam, label
      false: gauss-newton:lr=0.3 → gauss-newton:lr=1e-8
      false: "sgd:lr=0.3" → "sgd:lr=1e-8"
      false: "momentum:lr=0.03" → "momentum:lr=1e-8"
      false: lion:lr=0.003 → lion:lr=1e-8
      false: landscape: peaks-mlp → landscape: {name: peaks-mlp, width: 16}
      false: minibatch(size=100) → minibatch(size=50)
      false: "nesterov:lr=0.1" → "nesterov:lr=1e-8"
      false: "adamw:lr=0.03" → "adamw:lr=1e-8"
      true: adam:lr=0.03" → adam:lr=0.024"
      true: gauss-newton:lr=0.3,damping=0.01 → gauss-newton:lr=0.25,damping=0.01
      true: lion:lr=0.003 → lion:lr=0.0025
      true: steps: 150 → steps: 150\nseed: 700
    one-pass
      false: schedule=inverse(1) → schedule=inverse(2)
      false: sampling=cyclic → sampling=replacement
      false: sgd:lr=1,schedule → sgd:lr=0.01,schedule
      false: "sgd:lr=0.1" → "sgd:lr=1,schedule=inverse(1)"
      false: n: 100 → n: 6
      true: sampling=cyclic → sampling=shuffle
      true: start: [3, 2] → start: [-3, 2]
      true: "sgd:lr=0.1" → "sgd:lr=0.12"
      true: steps: 300 → steps: 300\nseed: 700
    plateau
      false: sgd:lr=1 → {use: "adam:lr=0.1", name: sgd}
      false: momentum:lr=1,beta=0.9 → momentum:lr=1,beta=0
      false: adam:lr=0.1 → adam:lr=1e-8
      false: rmsprop:lr=0.05 → {use: "sgd:lr=1", name: rmsprop}
      false: - momentum:lr=1,beta=0.9 → - {use: "adam:lr=0.1", name: momentum}
      true: momentum:lr=1 → momentum:lr=0.8
      true: momentum:lr=1 → momentum:lr=1.2
      true: adam:lr=0.1 → adam:lr=0.08
      true: sgd:lr=1 → sgd:lr=1.2
    precondition
      false: p11=10,p22=1 → p11=10,p22=10
      false: p11=10,p22=1 → p11=1,p22=1
      false: sgd:lr=0.1 → sgd:lr=0.19
      false: kappa: 10} → kappa: 20}
      true: sgd:lr=0.1 → sgd:lr=0.09
      true: sgd:lr=0.1 → sgd:lr=0.095
      true: steps: 100 → steps: 130
    quadratic-convergence
      false: {use: newton, label → {use: "sgd:lr=0.01", name: newton, label
      false: {use: newton, label → {use: "newton:damping=1", name: newton, label
      false: sgd:lr=0.01 → sgd:lr=1e-8
      false: start: [3.5, 2.5] → start: [0, 0]
      false: "sgd:lr=0.01" → "momentum:lr=0.01,beta=0.9", name: sgd
      false: {use: newton, label → {use: "newton:saddle_free=on", name: newton, label
      true: start: [3.5, 2.5] → start: [3.4, 2.3]
      true: start: [3.5, 2.5] → start: [2.8, 2.3]
      true: sgd:lr=0.01 → sgd:lr=0.012
    ravine
      false: adam:lr=0.2 → adam:lr=0.0002
      false: sgd:lr=0.06 → sgd:lr=0.07
      false: {use: newton, label → {use: diagonal-newton, name: newton, label
      false: kappa: 30 → kappa: 10
      false: - sgd:lr=0.06 → - {use: "adam:lr=0.2", name: sgd}
      false: - sgd:lr=0.06 → - sgd:lr=0.05
      false: {use: "adam:lr=0.2", label → {use: newton, name: adam, label
      true: "momentum:lr=0.06,beta=0.7" → "momentum:lr=0.05,beta=0.7"
      true: start: [-2.41, -1.9] → start: [2.5, 1.8]
      true: "adam:lr=0.2" → "adam:lr=0.22"
    rmsprop-start
      false: rho=0.99" → rho=0.9"
      false: rmsprop:lr=0.1,rho=0.99 → rmsprop:lr=0.1,rho=0.99,schedule=inverse(50)
      false: rmsprop:lr=0.1,rho=0.99 → rmsprop:lr=1e-8,rho=0.99
      false: adam:lr=0.1,beta1=0,beta2=0.99 → adam:lr=0.1,beta1=0,beta2=0.99,bias_correction=off
      false: "adagrad:lr=0.1" → "rmsprop:lr=0.1,rho=0.9", name: adagrad
      false: rmsprop:lr=0.1,rho=0.99 → rmsprop:lr=0.1,rho=0.99,schedule=warmup(20)
      true: start: [4, 9] → start: [-3, 8]
      true: kappa: 10} → kappa: 20}
      true: start: [4, 9] → start: [3, 10]
    robbins-monro
      false: schedule=inverse(1)" → schedule=inverse(1)*inverse(1)"
      false: schedule=inverse(1)*inverse(1)" → schedule=inverse(1)"
      false: "sgd:lr=0.3", name: constant → "sgd:lr=1e-8", name: constant
      false: "sgd:lr=0.3", name: constant → "sgd:lr=0.3,schedule=inverse(1)", name: constant
      false: schedule=inverse-sqrt() → schedule=inverse(1)*inverse(1)
      false: "sgd:lr=0.3", name: constant → "adam:lr=0.3", name: constant
      true: start: [-8, 6] → start: [8, 7]
      true: start: [-8, 6] → start: [7, -7]
      true: noise: gaussian(sigma=1) → noise: gaussian(sigma=1)\nseed: 700
    rotation
      false: {use: diagonal-newton, label → {use: newton, name: diagonal-newton, label
      false: {use: newton, label → {use: diagonal-newton, name: newton, label
      false: {use: "sgd:lr=0.018", label → {use: "adam:lr=0.018", name: sgd, label
      false: kappa: 100, → kappa: 1,
      false: start: [2.032534971524831, 0.8419035512031976] → start: [2, 1]
      false: angle: 0} → angle: 20}
      false: "adagrad:lr=0.5" → "adagrad:lr=0.05"
      true: start: [2.032534971524831, 0.8419035512031976] → start: [-2.032534971524831, -0.8419035512031976]
      true: kappa: 100, → kappa: 80,
      true: adagrad:lr=0.5 → adagrad:lr=0.6
      true: rmsprop:lr=0.02 → rmsprop:lr=0.016
    rule-of-the-class
      false: lr*g/(norm(g) + 1e-12) → lr*g
      false: lr*g/(norm(g) + 1e-12) → lr*g/(largest(abs(g)) + 1e-12)
      false: {use: "momentum:lr=0.02,beta=0.8", label → {use: "signsgd:lr=0.1", name: momentum, label
      false: momentum:lr=0.02 → momentum:lr=1e-8
      false: {use: "adam:lr=0.1", label → {use: "adam:lr=0.1,bias_correction=off", label
      false: {use: "adam:lr=0.1", label → {use: "signsgd:lr=0.1", name: adam, label
      true: start: [3, 4] → start: [2.5, 4.5]
      true: "ours(lr=0.1) → "ours(lr=0.11)
      true: momentum:lr=0.02 → momentum:lr=0.022
    saddle
      false: - newton → - {use: "newton:saddle_free=on", name: newton}
      false: - adam:lr=0.1 → - adam:lr=1e-8
      false: - sgd:lr=0.1 → - sgd:lr=1e-8
      false: landscape: double-well → landscape: bowl
      false: - sgd:lr=0.1 → - {use: "adam:lr=0.1", name: sgd}
      false: - adam:lr=0.1 → - {use: "sgd:lr=0.1", name: adam}
      false: start: [0.001, 1.2] → start: [0.5, 1.2]
      true: start: [0.001, 1.2] → start: [-0.001, 1.2]
      true: start: [0.001, 1.2] → start: [-0.01, 0.5]
      true: - sgd:lr=0.1 → - sgd:lr=0.12
      true: - adam:lr=0.1 → - adam:lr=0.08
    sam-flat
      false: rho=0.9 → rho=0.05
      false: landscape: sharp-and-flat → landscape: {name: sharp-and-flat, sharp: 1}
      false: sam(momentum:lr=0.01,beta=0.9) → sam(momentum:lr=1e-8,beta=0.9)
      false: start: [1.6, 0.1] → start: [-1, 0.1]
      false: {use: "momentum:lr=0.01,beta=0.9" → {use: "lbfgs:lr=0.01", name: momentum
      true: start: [1.6, 0.1] → start: [1.45, -0.1]
      true: {use: "momentum:lr=0.01,beta=0.9" → {use: "momentum:lr=0.012,beta=0.9"
      true: rho=0.9 → rho=0.95
    sam-norms
      false: p=1" → p=2"
      false: p=inf" → p=2"
      false: p=2" → p=1"
      false: landscape: elliptical-bowl → landscape: bowl
      false: "sam(sgd:lr=0.02):rho=0.5,p=2" → "sam(sgd:lr=0.02):rho=0.4,p=2"
      false: "sam(sgd:lr=0.02):rho=0.5,p=1" → "sam(sgd:lr=1e-8):rho=0.5,p=1"
      true: sam(sgd:lr=0.02):rho=0.5,p=1 → sam(sgd:lr=0.03):rho=0.5,p=1
      true: sam(sgd:lr=0.02):rho=0.5,p=inf → sam(sgd:lr=0.015):rho=0.5,p=inf
      true: steps: 200 → steps: 120
    schedules
      false: step(every=100,factor=0.1) → step(every=100,factor=0.9)
      false: warmup(20)>cosine(280) → warmup(20)>cosine(280,end=1)
      false: sgd:lr=0.2,schedule=cosine(300) → sgd:lr=0.2,schedule=cosine(3000)
      false: linear(300) → linear(3000)
      false: exponential(factor=0.98) → exponential(factor=0.9999)
      false: "sgd:lr=0.2", name: constant → "sgd:lr=1e-8", name: constant
      false: "sgd:lr=0.2", name: constant → "momentum:lr=0.2,beta=0.9", name: constant
      true: start: [-2, 1.5] → start: [2, 1]
      true: exponential(factor=0.98) → exponential(factor=0.975)
      true: seed: 3 → seed: 700
    small-steps
      false: flow:dt=0.1", label: Gradient flow → nesterov-flow:dt=0.1", name: flow, label: Gradient flow
      false: flow:dt=0.1", label: Gradient flow → flow:dt=0.2", label: Gradient flow
      false: nesterov-convex:lr=0.01 → momentum:lr=0.01
      true: start: [2, 8] → start: [1, 5]
      true: start: [2, 8] → start: [-2, 6]
      true: kappa: 10} → kappa: 8}
    sparse
      false: {use: "adagrad:lr=0.5", label → {use: "sgd:lr=0.3", name: adagrad, label
      false: {use: "adagrad:lr=0.5", label → {use: "rmsprop:lr=0.5", name: adagrad, label
      false: mod(t, 20) → mod(t, 10)
      false: {use: "adam:lr=0.03", label → {use: "sgd:lr=0.03", name: adam, label
      true: adagrad:lr=0.5 → adagrad:lr=0.4
      true: start: [0, 0] → start: [-3, 2]
      true: adam:lr=0.03 → adam:lr=0.036
    square-root
      false: beta=0.6694214876033058 → beta=0
      false: sgd:lr=0.019801980198019802 → sgd:lr=0.01
      false: kappa: 100} → kappa: 10}
      false: "sgd:lr=0.019801980198019802" → "adam:lr=0.019801980198019802", name: sgd
      false: "momentum:lr=0.03305785123966942,beta=0.6694214876033058" → "muon:lr=0.03305785123966942,beta=0.6694214876033058", name: momentum
      true: start: [1, 10] → start: [-0.9, 11]
      true: start: [1, 10] → start: [1.1, -9]
      true: start: [1, 10] → start: [1.1, 9]
    step-back
      false: alpha=0.5 → alpha=1
      false: k=5 → k=4
      false: lookahead(sgd:lr=0.0205) → lookahead(sgd:lr=1e-8)
      false: use: "sgd:lr=0.0205" → use: "sgd:lr=0.015"
      true: start: [1, 10] → start: [-2, 6]
      true: kappa: 100} → kappa: 98}
      true: start: [1, 10] → start: [1.5, -8]
    step-too-large
      false: lr=0.018" → lr=0.021"
      false: {use: "sgd:lr=0.018", label → {use: "adam:lr=0.018", name: sgd, label
      false: kappa: 100} → kappa: 10}
      false: kappa: 100} → kappa: 105}
      false: lr=0.018" → lr=0.009"
      true: start: [1, 10] → start: [1, -5]
      true: lr=0.018" → lr=0.015"
      true: start: [1, 10] → start: [1, 20]
    tables
      false: "adam:lr=0.03" → "adam:lr=1e-8"
      false: adamw:lr=0.03 → adamw:lr=1e-8
      false: "gauss-newton:lr=0.3,damping=0.01" → "gauss-newton:lr=0.1,damping=0.1"
      false: "lion:lr=0.003" → "lion:lr=1e-8"
      false: landscape: peaks-mlp → landscape: {name: peaks-mlp, width: 33}
      true: "sgd:lr=0.3" → "sgd:lr=0.25"
      true: "gauss-newton:lr=0.3,damping=0.01" → "gauss-newton:lr=0.3,damping=0.012"
      true: evaluations: 50 → evaluations: 50\nseed: 700
    lazy
      false: "nesterov:lr=0.02" → "nesterov:lr=1e-8"
      false: {use: "adam:lr=0.001", label → {use: "sgd:lr=0.02", name: adam, label
      false: {use: "lion:lr=0.0003", label → {use: "sgd:lr=0.02", name: lion, label
      false: "momentum:lr=0.002" → "momentum:lr=0.02"
      false: "sgd:lr=0.02" → "sgd:lr=1e-8"
      false: width: 32} → width: 64}
      true: "lion:lr=0.0003" → "lion:lr=0.00027"
      true: width: 32} → width: 32, weights: 3}
      true: steps: 160 → steps: 160\nseed: 700
    temperature
      false: "sgd:lr=0.08" → "adam:lr=0.08"
      false: temperature=0.03 → temperature=0.3
      false: "sgd:lr=0.02" → "sgd:lr=1e-8"
      false: "sgd:lr=0.08" → "sgd:lr=0.01"
      false: "sgd:lr=0.02", name: cold → "adam:lr=0.02", name: cold
      false: noise: gaussian(sigma=1,batch=1) → noise: gaussian(sigma=2,batch=1)
      true: start: [-1, 0.8] → start: [1, 1]
      true: start: [-1, 0.8] → start: [0.5, -1]
      true: noise: gaussian(sigma=1,batch=1) → noise: gaussian(sigma=1,batch=1)\nseed: 700
    three-repairs
      false: adagrad:lr=0.15", label → rmsprop:lr=0.15", name: adagrad, label
      false: rmsprop:lr=0.15,rho=0.99 → rmsprop:lr=0.15,rho=0.99,schedule=cosine(1000)
      false: adam:lr=0.15,beta2=0.99", label → rmsprop:lr=0.15", name: adam, label
      false: adam:lr=0.15 → adam:lr=1e-8
      true: start: [-9, 1.2] → start: [-7, -0.8]
      true: rho=0.99 → rho=0.9
      true: start: [-9, 1.2] → start: [-8, 1]
    weight-decay
      false: yy=10000 → yy=1
      false: yy=10000 → yy=169
      false: "adamw:lr=0.01,weight_decay=0.01" → "adamw:lr=1,weight_decay=0.01"
      false: xx=1, → xx=9,
      false: formula: "0*x + 0*y", → formula: "x^2 + y^2",
      true: start: [10, 10] → start: [-10, 10]
      true: adam:lr=0.01,l2=0.01 → adam:lr=0.01,l2=0.012
      true: adamw:lr=0.01,weight_decay=0.01 → adamw:lr=0.01,weight_decay=0.012
      true: steps: 2000 → steps: 2000\nseed: 700
    early-stopping
      false: hidden=24 → hidden=1
      false: "adam:lr=0.03" → "adam:lr=1e-8"
      false: weight_decay=0.3 → weight_decay=0
      true: "adam:lr=0.03" → "adam:lr=0.033"
      true: "adam:lr=0.03" → "adam:lr=0.028"
      true: weight_decay=0.3 → weight_decay=0.33
      false: "adamw:lr=0.03 → "adamw:lr=1e-8
    edge
      false: "sgd:lr=0.4" → "sgd:lr=0.3"
      false: "sgd:lr=0.4" → "sgd:lr=1e-8"
      false: "sgd:lr=0.05" → "sgd:lr=0.4"
      false: landscape: two-layer-scalar → landscape: bowl
      true: start: [2.4, 0.5] → start: [-2.4, -0.5]
      true: start: [2.4, 0.5] → start: [0.5, 2.4]
      true: "sgd:lr=0.05" → "sgd:lr=0.04"
    kronecker
      false: "kfac:lr=1,damping=0.001" → "kfac:lr=1e-8,damping=0.001"
      false: "kfac:lr=1,damping=0.001" → "kfac:lr=1,damping=100"
      false: {use: "kfac:lr=1,damping=0.001" → {use: "sgd:lr=0.5", name: kfac
      false: init=zero → init=xavier
      true: "sgd:lr=0.5" → "sgd:lr=0.4"
      true: rows=200 → rows=160
      true: kfac:lr=1,damping=0.001 → kfac:lr=0.9,damping=0.001
      false: hidden=none → hidden=4
    natural
      false: {use: "natural-gradient:lr=0.1", name → {use: "sgd:lr=0.1", name
      false: coordinates(natural-gradient:lr=0.1)" → coordinates(sgd:lr=0.1)"
      false: {use: "coordinates(sgd:lr=0.1)", name → {use: "sgd:lr=0.1", name
      false: {use: "sgd:lr=0.1", name → {use: "natural-gradient:lr=0.1", name
      false: coordinates(natural-gradient:lr=0.1):power=-2 → coordinates(natural-gradient:lr=0.1,damping=1):power=-2
      true: start: [-1, 2] → start: [-0.8, 2.1]
      true: start: [-1, 2] → start: [-1.1, 1.9]
      true: steps: 50 → steps: 60
      false: coordinates(sgd:lr=0.1):power=-2 → coordinates(sgd:lr=0.1):power=1
      true: steps: 50 → steps: 55
    robust-loss
      false: rho=0.9 → rho=0.05
      false: offset: 0.05 → offset: 0
      false: offset: 0.05} → offset: 0.05, sharp: 1}
      false: offset: 0.05} → offset: 0.05, flat: 3}
      true: start: [1.6, 0.1] → start: [1.45, -0.1]
      true: "momentum:lr=0.01,beta=0.9", label → "momentum:lr=0.012,beta=0.9", label
      true: {use: "momentum:lr=0.01,beta=0.9" → {use: "momentum:lr=0.011,beta=0.9"
    sampling
      false: "sgd:lr=0.02" → "sgd:lr=1e-8"
      false: sampling=replacement) → sampling=importance)
      false: sampling=replacement) → sampling=shuffle)
      false: "sgd:lr=0.02" → "clip(sgd:lr=0.02):norm=4.5", name: sgd
      true: "sgd:lr=0.02" → "sgd:lr=0.018"
      true: rows: 60 → rows: 50
      true: "sgd:lr=0.02" → "sgd:lr=0.019"
      true: steps: 300 → steps: 300\nseed: 700
    stationary
      false: {use: "sgd:lr=0.1", label → {use: "adam:lr=0.1", name: sgd, label
      false: gaussian(sigma=1,batch=1) → gaussian(sigma=0.01,batch=1)
      false: sgd:lr=0.1 → sgd:lr=1e-8
      false: {use: "sgd:lr=0.1", label → {use: "sgd:lr=0.1,schedule=inverse(1)", label
      false: {use: "sgd:lr=0.1", label → {use: "sgd:lr=0.1,schedule=warmup(1000)", label
      true: start: [1.5, -1] → start: [-1.5, 1]
      true: start: [1.5, -1] → start: [-1, 1.5]
      true: steps: 1600 → steps: 1600\nseed: 700
    unbiased
      false: "adam:lr=0.1,beta2=0.99,bias_correction=off" → "adam:lr=0.1,beta2=0.99"
      false: gaussian(sigma=1) → gaussian(sigma=3)
      false: {use: "adam:lr=0.1,beta2=0.99", label → {use: "adam:lr=0.1,beta2=0.99,bias_correction=off", name: adam, label
      false: "adam:lr=0.1,beta2=0.99,bias_correction=off" → "adam:lr=0.1,beta1=0.5,beta2=0.99,bias_correction=off"
      true: "adam:lr=0.1,beta2=0.99", label → "adam:lr=0.12,beta2=0.99", label
      true: start: [0, 0] → start: [2, -1]
      true: noise: gaussian(sigma=1) → noise: gaussian(sigma=1)\nseed: 700
    unlike-features
      false: gauss-newton, label → "sgd:lr=0.5", name: gauss-newton, label
      false: scale: 0.1} → scale: 1}
      false: "sgd:lr=0.5" → "sgd:lr=1e-8"
      false: {name: scaled-features, scale: 0.1} → {name: scaled-features, scale: 0.01}
      true: "sgd:lr=0.5" → "sgd:lr=0.4"
      true: "sgd:lr=0.5" → "sgd:lr=0.45"
      true: scale: 0.1} → scale: 0.09}
    wide-range
      false: {use: "adam:lr=0.05", label → {use: "sgd:lr=0.05", name: adam, label
      false: kappa: 100 → kappa: 2
      false: "sgd:lr=0.015" → "sgd:lr=1e-8"
      false: {use: "sgd:lr=0.015", label → {use: "adam:lr=0.015", name: sgd, label
      false: {use: "momentum:lr=0.01,beta=0.9", label → {use: "adam:lr=0.01", name: momentum, label
      false: "momentum:lr=0.01,beta=0.9" → "momentum:lr=1e-8,beta=0.9"
      false: "sgd:lr=0.015" → "momentum:lr=0.015,beta=0.9", name: sgd
      false: {use: "momentum:lr=0.01,beta=0.9", label → {use: "momentum:lr=0.01,beta=0.95", label
      true: "sgd:lr=0.015" → "sgd:lr=0.014"
      true: "adam:lr=0.05" → "adam:lr=0.06"
      true: start: [1, 1] → start: [1.2, -0.9]
    xavier
      false: activation: identity → activation: relu
      false: width: 32} → width: 32, gain: 0.7}
      false: width: 32} → width: 32, gain: 1.2}
      false: "sgd:lr=0.01" → "sgd:lr=1e-8"
      false: "sgd:lr=0.01" → "adam:lr=0.01", name: sgd
      true: steps: 20 → steps: 22
      true: "sgd:lr=0.01" → "sgd:lr=0.012"
      true: "sgd:lr=0.01" → "sgd:lr=0.008"
      true: steps: 20 → steps: 20\nseed: 700
    zigzag
      false: lr=0.18" → lr=0.09"
      false: lr=0.18" → lr=0.216"
      false: {use: "sgd:lr=0.18", label → {use: "adam:lr=0.18", name: sgd, label
      false: landscape: elliptical-bowl → landscape: bowl
      false: lr=0.18" → lr=1e-8"
      false: landscape: elliptical-bowl → landscape: rotated-ravine
      true: start: [-2.5, 1] → start: [2.4, -1.1]
      true: lr=0.18" → lr=0.185"
      true: lr=0.18" → lr=0.176"
    random-saddles
      false: {use: newton, label → {use: "sgd:lr=0.2", name: newton, label
      false: {use: newton, label → {use: "newton:saddle_free=on", name: newton, label
      false: cos(a*w1+b*w2+c*w3+d*w4+h*w5+k*w6+p) → 0.5*((w1-a)^2+(w2-b)^2+(w3-c)^2+(w4-d)^2+(w5-h)^2+(w6-k)^2)
      false: "sgd:lr=0.2" → "newton", name: sgd
      true: start: [2.1, 1.4] → start: [1.05, 1.4]
      true: rows=40 → rows=50
      true: "sgd:lr=0.2" → "sgd:lr=0.22"
      true: "sgd:lr=0.2" → "sgd:lr=0.18"
    gradient-cost
      false: {use: "difference:lr=0.5" → {use: "sgd:lr=0.5", name: difference
      false: u = d/norm(d) → u = d
      false: {use: "sgd:lr=0.5", label: Back → {use: "sgd:lr=1e-8", label: Back
      true: weights: 1} → weights: 2}
      true: h=1e-5 → h=1e-4
      true: {use: "sgd:lr=0.5", label: Back → {use: "sgd:lr=0.45", label: Back
      false: {name: moons-mlp, weights: 1} → {name: moons-mlp, weights: 1, width: 16}
      false: {use: "sgd:lr=0.5", label: Back → {use: "sam(sgd:lr=0.5)", name: sgd, label: Back
      true: steps: 300 → steps: 300\nseed: 700
    wilson
      false: {use: "sgd:lr=0.1", label → {use: "adam:lr=0.01", name: sgd, label
      false: {use: "adam:lr=0.01", label → {use: "sgd:lr=0.1", name: adam, label
      false: {use: "adagrad:lr=0.02", label → {use: "momentum:lr=0.01,beta=0.9", name: adagrad, label
      false: "adam:lr=0.01" → "adam:lr=1e-8"
      true: "sgd:lr=0.1" → "sgd:lr=0.12"
      true: "adam:lr=0.01" → "adam:lr=0.012"
      true: "adagrad:lr=0.02" → "adagrad:lr=0.024"
    filter-plane
      false: {name: moons-mlp, weights: 1} → {name: moons-mlp, weights: 1, plane: "path(adam:lr=0.05; 200)"}
      false: "adam:lr=0.05" → "adam:lr=1e-8"
      false: "sgd:lr=0.5" → "sgd:lr=1e-8"
      true: weights: 1} → weights: 2}
      true: weights: 1} → weights: 3}
      true: "adam:lr=0.05" → "adam:lr=0.06"
      false: {name: moons-mlp, weights: 1} → {name: moons-mlp, weights: 1, width: 9}
    sum-of-gradients
      false: "slide:schedule.weight=exponential(factor=1.25),schedule.pace → "slide:schedule.pace
      false: factor=1.25),schedule.pace=exponential(factor=0.8)" → factor=1.25)"
      false: exponential(factor=1.25) → exponential(factor=1.2)
      false: {use: "slide", name: plain → {use: "slide:schedule.pace=exponential(factor=0.8)", name: plain
      false: momentum:lr=0.04,beta=0.8 → momentum:lr=0.04,beta=0.7
      false: use: "slide", name → use: "slide:pace=1e-8", name
      true: start: [3, 3] → start: [-2, 4]
      true: kappa: 10 → kappa: 8
      true: kappa: 10 → kappa: 12
    memory
      false: {use: "adam:lr=0.1", label → {use: "lion:lr=0.01", name: adam, label
      false: {use: "adan:lr=0.1", label → {use: "adam:lr=0.1", name: adan, label
      false: {use: "momentum:lr=0.05,beta=0.9", label → {use: "sgd:lr=0.05", name: momentum, label
      false: {use: "shampoo:lr=0.3", label → {use: "adagrad:lr=0.3", name: shampoo, label
      true: "adam:lr=0.1" → "adam:lr=0.12"
      true: "shampoo:lr=0.3" → "shampoo:lr=0.25"
      true: {use: "muon:lr=0.1", label → {use: "lion:lr=0.01", name: muon, label
      false: {use: "sgd:lr=0.05", label → {use: "momentum:lr=0.05,beta=0.9", name: sgd, label
      false: {use: "adagrad-full:lr=0.3" → {use: "adagrad:lr=0.3"
      false: landscape: matrix-tall → landscape: matrix-wide
    line-search
      false: "line-search:method=exact-quadratic" → "line-search:method=armijo"
      false: {use: conjugate-gradient, name → {use: "momentum:lr=0.02,beta=0.7", name
      false: {use: lbfgs, label → {use: "sgd:lr=0.02", name: lbfgs, label
      false: kappa: 50 → kappa: 2
      true: {use: lbfgs, → {use: "lbfgs:history=5",
      true: angle: 25 → angle: 25.2
      true: kappa: 50 → kappa: 48
    steady-slope
      false: {use: "adabelief:lr=0.02", label → {use: "adam:lr=0.02", name: adabelief, label
      false: {use: "radam:lr=0.02", label → {use: "adam:lr=0.02", name: radam, label
      false: {use: "adadelta:rho=0.9", label → {use: "adadelta:rho=0.9,lr=0.01", label
      false: "x + 2*y" → "0.5*(x^2 + 2*y^2)"
      true: start: [0, 0] → start: [3, -4]
      true: "adabelief:lr=0.02" → "adabelief:lr=0.024"
      true: "novograd:lr=0.02" → "novograd:lr=0.016"
    one-spike
      false: {use: "amsgrad:lr=0.1,beta1=0,beta2=0.9" → {use: "adam:lr=0.1,beta1=0,beta2=0.9", name: amsgrad
      false: {use: "yogi:lr=0.1,beta1=0,beta2=0.9" → {use: "amsgrad:lr=0.1,beta1=0,beta2=0.9", name: yogi
      false: t == 20 → t == 2000
      false: {use: "adam:lr=0.1,beta1=0,beta2=0.9", label → {use: "adam:lr=1e-8,beta1=0,beta2=0.9", label
      false: + y" → + y*(1 + 29*(t == 20))"
      false: {use: "adamax:lr=0.1,beta1=0,beta2=0.9" → {use: "adamax:lr=0.1,beta1=0,beta2=0.99"
      false: {use: "yogi:lr=0.1,beta1=0,beta2=0.9" → {use: "adam:lr=0.1,beta1=0,beta2=0.9", name: yogi
      false: {use: "adam:lr=0.1,beta1=0,beta2=0.9" → {use: "adam:lr=0.1,beta1=0,beta2=0.99"
      true: start: [0, 0] → start: [2, -3]
      true: "adam:lr=0.1,beta1=0,beta2=0.9" → "adam:lr=0.12,beta1=0,beta2=0.9"
      true: "yogi:lr=0.1 → "yogi:lr=0.11
    adam-ahead
      false: {use: "nadam:lr=0.1", label → {use: "adam:lr=0.1", name: nadam, label
      false: {use: "adam:lr=0.1", label → {use: "nadam:lr=0.1", name: adam, label
      false: "nadam:lr=0.1" → "nadam:lr=1e-8"
      true: start: [3, 4] → start: [3.2, 3.8]
      true: kappa: 10} → kappa: 20}
      true: "nadam:lr=0.1" → "nadam:lr=0.11"
      false: {use: "nadam:lr=0.1", label → {use: "sgd:lr=0.01", name: nadam, label
    averaging
      false: average(sgd:lr=0.1):from=100 → average(sgd:lr=0.1):from=1599
      false: average(sgd:lr=0.1) → average(sgd:lr=1e-8)
      false: asgd:lr=0.1,t0=100 → asgd:lr=0.1,t0=1000000
      true: start: [-3, 4] → start: [2, -3]
      true: kappa: 10} → kappa: 8}
      true: noise: gaussian(sigma=1) → noise: gaussian(sigma=1)\nseed: 300
      true: noise: gaussian(sigma=1) → noise: gaussian(sigma=1)\nseed: 700
    units
      false: {use: "adafactor:lr=0.1", label → {use: "adam:lr=0.1", name: adafactor, label
      false: {use: newton, label → {use: "newton:damping=1", label
      false: {use: "adam:lr=0.1", label → {use: "adafactor:lr=0.1", name: adam, label
      false: {use: "sgd:lr=0.1", label → {use: "adam:lr=0.1", name: sgd, label
      true: 10*(y/c)^2 → 8*(y/c)^2
      true: "adam:lr=0.1" → "adam:lr=0.12"
      true: "adafactor:lr=0.1" → "adafactor:lr=0.08"
    """#

  /// One change of one scene.
  struct Change: CustomTestStringConvertible, Sendable {
    let scene: String
    let keepsItTrue: Bool
    let old: String
    let new: String

    var testDescription: String { "\(scene): \(old) → \(new)" }

    /// The findings of the scene with the change.
    func check() throws -> [ExpectationFinding] {
      let text = try #require(BundledScenes.documents.first { $0.name == scene }?.text)
      let place = try #require(text.firstRange(of: old), "\(testDescription)")
      return try ScenesTests.scene(text[..<place.lowerBound] + new + text[place.upperBound...]).check()
    }
  }

  private static let changes: [Change] = {
    var scene = ""
    return table.split(separator: "\n").compactMap { line -> Change? in
      guard let row = line.wholeMatch(of: /\s*(false|true): (.+) → (.+)/) else {
        scene = String(line.drop { $0 == " " })
        return nil
      }
      return Change(
        scene: scene, keepsItTrue: row.1 == "true", old: String(row.2),
        new: String(row.3).replacing("\\n", with: "\n"))
    }
  }()

  @Test func everySceneIsFalsified() {
    #expect(Set(Self.changes.filter { !$0.keepsItTrue }.map(\.scene)) == Set(SceneLibrary().names))
    #expect(Set(Self.changes.map(\.scene)) == Set(SceneLibrary().names))
  }

  /// Every change breaks something, and every expectation that a sentence stands on is broken by some change.
  @Test(arguments: SceneLibrary().names) func falseClaimsAreCaught(_ scene: String) throws {
    var broken: Set<Int> = []
    for change in Self.changes where change.scene == scene && !change.keepsItTrue {
      let findings = try change.check()
      let places = findings.indices.filter { !findings[$0].holds }
      #expect(!places.isEmpty, "\(change)")
      for place in places { #expect(!findings[place].reason.isEmpty) }
      broken.formUnion(places.map { $0 + 1 })
    }
    let unbroken = try CourseSentences(of: scene).proofs.subtracting(broken).sorted()
    #expect(unbroken.isEmpty, "no change of \(scene) makes these fail: \(unbroken)")
  }

  @Test(arguments: CourseChangeTests.changes.filter(\.keepsItTrue)) func trueClaimsHoldElsewhere(
    _ change: Change
  ) throws {
    for finding in try change.check() { #expect(finding.holds, "\(finding.description)") }
  }
}
