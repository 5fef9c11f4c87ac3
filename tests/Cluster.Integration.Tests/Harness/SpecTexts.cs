using System.Globalization;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>Specs of the tests.</summary>
internal static class SpecTexts
{
    /// <summary>A random search that trains nothing: each trial sleeps and reports.</summary>
    public static string Function(string name, int trials, int measurements, int sleepMilliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        version: 1
        name: {{name}}
        seed: 7
        workload:
          builtin: function
          fixed: { function: branin, measurements: {{measurements}}, sleepMilliseconds: {{sleepMilliseconds}} }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        algorithm: { type: random }
        budget: { trials: {{trials}} }
        """);

    /// <summary>A reproducible search whose sampler learns and whose scheduler stops trials.</summary>
    public static string InRounds(string name) =>
        Function(name, trials: 40, measurements: 9, sleepMilliseconds: 10).Replace("type: random", "type: tpe", StringComparison.Ordinal)
            + "\nreproducible: { round: 8 }\nscheduler: { type: asha, max: 9, min: 1 }\nretry: { max: 20 }\n";

    /// <summary>A reproducible search of fast networks whose scheduler stops most of them, and whose ensemble
    /// takes all that have a model.</summary>
    public static string TrainedInRounds(string name) => $$"""
        version: 1
        name: {{name}}
        seed: 1
        workload: { builtin: logistic-regression, fixed: { epochs: 9 } }
        data: { source: rows.csv, target: label }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 1.0e-4, max: 1.0e-1 }
          reg: { type: log, min: 1.0e-6, max: 1.0e-1 }
          batchSize: { type: item, items: [16, 32, 64], ordered: true }
        budget: { trials: 20 }
        reproducible: { round: 5 }
        scheduler: { type: asha, max: 9, min: 1 }
        ensemble: { type: top-k, members: 20 }
        retry: { max: 20 }
        """;

    /// <summary>Rows of two classes that overlap a little.</summary>
    public static string Rows => "a,b,c,label\n" + string.Join('\n', Enumerable.Range(0, 300).Select(i =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{i % 17},{i * 7 % 13},{i * 31 % 101},{(i % 17 + i * 7 % 13 + i * 31 % 101 / 10 > 18 ? "yes" : "no")}")));

    /// <summary>A grid of six by five points.</summary>
    public static string Grid(string name) => $$"""
        version: 1
        name: {{name}}
        seed: 3
        workload: { builtin: function, fixed: { function: branin, measurements: 2, sleepMilliseconds: 5 } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10, gridPoints: 6 }
          y: { type: item, items: [0, 4, 8, 12, 15] }
        algorithm: { type: grid }
        budget: { time: 10m }
        """;

    /// <summary>A few small networks on the digits, with early stopping and a vote.</summary>
    public static string Digits(string name, int trials, int epochs) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        version: 1
        name: {{name}}
        seed: 11
        workload: { builtin: mlp, fixed: { epochs: {{epochs}}, init: kaiming } }
        data: { source: digits, split: { train: 0.6, validation: 0.2, test: 0.2, stratify: true } }
        objective: { metric: val/loss, direction: minimize }
        space:
          numLayers:    { type: int,  min: 1, max: 2 }
          hiddenSize:   { type: item, items: [16, 32, 64], ordered: true }
          optimizer:    { type: item, items: [adam, rmsprop, momentum, sgd] }
          learningRate: { type: log,  min: 1.0e-3, max: 1.0e-2 }
          lrDecay:      { type: float, min: 0.9, max: 1.0 }
        algorithm: { type: random }
        earlyStopping: { metric: val/loss, patience: 4 }
        budget: { trials: {{trials}} }
        ensemble: { type: top-k, members: 3, combine: mean-probability }
        """);

    /// <summary>Twenty-seven points of a function on three rungs, the optimum first.</summary>
    public static string Promoted(string name) => $$"""
        version: 1
        name: {{name}}
        seed: 5
        workload: { builtin: function, fixed: { function: branin, measurements: 27, sleepMilliseconds: 100 } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        algorithm: { type: random }
        enqueue: [{ x: 3.141592653589793, y: 2.275 }]
        scheduler: { type: asha, min: 1, max: 27, reduction: 3, variant: promotion }
        budget: { trials: 27 }
        """;

    /// <summary>Four networks on the digits as one population.</summary>
    public static string Population(string name) => $$"""
        version: 1
        name: {{name}}
        seed: 5
        workload: { builtin: mlp, fixed: { epochs: 200, numLayers: 1, hiddenSize: 64, optimizer: sgd } }
        data: { source: digits, split: { train: 0.6, validation: 0.2, test: 0.2, stratify: true } }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 1.0e-4, max: 1.0e-1 }
        algorithm: { type: random }
        scheduler: { type: pbt, interval: 50, population: 4 }
        budget: { trials: 4 }
        """;
}
