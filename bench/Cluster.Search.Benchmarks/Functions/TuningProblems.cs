using static System.Math;
using static SearchCluster.Search.Benchmarks.Functions.TestProblem;

namespace SearchCluster.Search.Benchmarks.Functions;

/// <summary>Problems of the same kinds as the suite's, to develop on without fitting to the suite: smooth,
/// multimodal, ridged, mixed, conditional.</summary>
internal static class TuningProblems
{
    public static TestProblem[] All { get; } =
    [
        Box("goldstein2", [(-2, 1.5), (-1.7, 2)], Log(3), null, x => Log(Goldstein(x[0], x[1]))),
        Box("rosenbrock4", -2, 3, 4, 0, null, Rosenbrock),
        Box("ackley5", -10, 17, 5, 0, null, Ackley),
        Box("styblinski5", -5, 4.5, 5, -39.16616570377142 * 5, null, x => x.Sum(v => ((v * v * v * v) - (16 * v * v) + (5 * v)) / 2)),
        Box("griewank6", -60, 90, 6, 0, null, Griewank),
        Box("rastrigin3", -4, 5.12, 3, 0, null, x => x.Sum(v => (v * v) - (10 * Cos(2 * PI * v)) + 10)),
        Box("powell8", -3, 4, 8, 0, null, Powell),
        Box("shiftedsphere12", -5, 3, 12, 0, null, x => x.Select((v, i) => Pow(v - (0.8 * Sin(i + 1)), 2)).Sum()),
        Box("ackley20", -10, 17, 20, 0, null, Ackley),
        Box("rosenbrock20", -2, 3, 20, 0, null, Rosenbrock),
        new("boost6", BoostSpace, 0.1, null, Boost),
        new("kernel5", KernelSpace, 0.05, null, Kernel),
        new("ordered5", OrderedSpace, 0, null, Ordered),
    ];

    private static SearchSpace BoostSpace => new(
    [
        new("rate", new RealDomain(1e-4, 1, IsLog: true)),
        new("depth", new IntegerDomain(1, 14)),
        new("trees", new IntegerDomain(10, 2_000, IsLog: true)),
        new("booster", new ItemDomain([.. Words("tree", "dart", "linear")])),
        new("drop", new RealDomain(0, 0.9), When: [new Condition("booster", new OneOfTest([.. Words("dart")]))]),
        new("subsample", new RealDomain(0.2, 1)),
    ]);

    private static SearchSpace KernelSpace => new(
    [
        new("c", new RealDomain(1e-4, 1e4, IsLog: true)),
        new("kernel", new ItemDomain([.. Words("linear", "poly", "rbf")])),
        new("gamma", new RealDomain(1e-6, 1e2, IsLog: true), When: [new Condition("kernel", new OneOfTest([.. Words("poly", "rbf")]))]),
        new("degree", new IntegerDomain(2, 6), When: [new Condition("kernel", new OneOfTest([.. Words("poly")]))]),
        new("scale", new BooleanDomain()),
    ]);

    private static SearchSpace OrderedSpace => new(
    [
        new("batch", new ItemDomain([.. new long[] { 8, 16, 32, 64, 128, 256, 512 }.Select(ParameterValue.Integer)], IsOrdered: true)),
        new("layers", new IntegerDomain(1, 12)),
        new("lr", new RealDomain(1e-5, 1, IsLog: true)),
        new("warm", new RealDomain(0, 0.5, Step: 0.05)),
        new("mode", new ItemDomain([.. Words("a", "b", "c", "d", "e")])),
    ]);

    private static double Goldstein(double x, double y) =>
        (1 + (Pow(x + y + 1, 2) * (19 - (14 * x) + (3 * x * x) - (14 * y) + (6 * x * y) + (3 * y * y))))
        * (30 + (Pow((2 * x) - (3 * y), 2) * (18 - (32 * x) + (12 * x * x) + (48 * y) - (36 * x * y) + (27 * y * y))));

    private static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Pow(x[i + 1] - (x[i] * x[i]), 2)) + Pow(1 - x[i], 2));

    private static double Ackley(double[] x) =>
        (-20 * Exp(-0.2 * Sqrt(x.Sum(v => v * v) / x.Length))) - Exp(x.Sum(v => Cos(2 * PI * v)) / x.Length) + 20 + E;

    private static double Griewank(double[] x) =>
        1 + x.Sum(v => v * v / 4000) - x.Select((v, i) => Cos(v / Sqrt(i + 1))).Aggregate((a, b) => a * b);

    private static double Powell(double[] x) => Enumerable.Range(0, x.Length / 4).Sum(i =>
        Pow(x[4 * i] + (10 * x[(4 * i) + 1]), 2)
            + (5 * Pow(x[(4 * i) + 2] - x[(4 * i) + 3], 2))
            + Pow(x[(4 * i) + 1] - (2 * x[(4 * i) + 2]), 4)
            + (10 * Pow(x[4 * i] - x[(4 * i) + 3], 4)));

    // Best with dart, dropout 0.3, depth 7, trees × rate = 30, full subsample 0.8.
    private static double Boost(ParameterValues v)
    {
        var (rate, depth, trees) = (Log10(Number(v, "rate")), Number(v, "depth"), Log10(Number(v, "trees")));
        var booster = Text(v, "booster");
        var work = Pow((rate + trees - Log10(30)) / 0.6, 2) + Pow(Max(0, rate + 0.7) / 0.5, 2);
        var shape = booster == "linear" ? 0.5 : Pow((depth - 7) / 4, 2);
        var sub = Pow((Number(v, "subsample") - 0.8) / 0.5, 2);
        var extra = booster switch { "dart" => Pow((Number(v, "drop") - 0.3) / 0.3, 2), "tree" => 0.15, _ => 0.4 };
        return 1 - (0.9 / (1 + (0.5 * work))) / (1 + (0.4 * shape)) / (1 + (0.2 * sub)) / (1 + (0.3 * extra));
    }

    // Best with rbf, gamma 1e-2, c 10, scaled.
    private static double Kernel(ParameterValues v)
    {
        var c = Log10(Number(v, "c"));
        var penalty = Text(v, "scale") == "true" ? 0 : 0.4;
        penalty += Text(v, "kernel") switch
        {
            "rbf" => (0.5 * Pow(Log10(Number(v, "gamma")) + 2, 2)) + (0.3 * Pow(c - 1 + (0.5 * (Log10(Number(v, "gamma")) + 2)), 2)),
            "poly" => 0.2 + (0.4 * Pow(Log10(Number(v, "gamma")) + 1, 2)) + (0.2 * Pow(Number(v, "degree") - 3, 2)) + (0.2 * c * c),
            _ => 0.3 + (0.2 * Pow(c + 1, 2)),
        };
        return 0.05 + (0.95 * penalty / (1 + penalty));
    }

    // Best with batch 64, 5 layers, lr 1e-3 × 64/batch, warm 0.15, mode d.
    private static double Ordered(ParameterValues v)
    {
        var batch = Log2(Number(v, "batch")) - 6;
        var lr = Log10(Number(v, "lr")) + 3 - (0.3 * batch);
        var mode = Text(v, "mode") switch { "a" => 0.5, "b" => 0.2, "c" => 0.8, "d" => 0, _ => 0.35 };
        return (0.1 * batch * batch) + (0.05 * Pow(Number(v, "layers") - 5, 2)) + (0.6 * lr * lr) + (3 * Pow(
            Number(v, "warm") - 0.15, 2)) + mode;
    }
}
