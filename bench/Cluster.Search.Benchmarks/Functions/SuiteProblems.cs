using static System.Math;
using static SearchCluster.Search.Benchmarks.Functions.TestProblem;

namespace SearchCluster.Search.Benchmarks.Functions;

/// <summary>The four problems on which peers were measured.</summary>
internal static class SuiteProblems
{
    private static readonly double[] Alpha = [1, 1.2, 3, 3.2];
    private static readonly double[][] A = [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];
    private static readonly double[][] P =
        [
            [1312, 1696, 5569, 124, 8283, 5886],
            [2329, 4135, 8307, 3736, 1004, 9991],
            [2348, 1451, 3522, 2883, 3047, 6650],
            [4047, 8828, 8732, 5743, 1091, 381],
        ];

    public static TestProblem Branin { get; } = Box(
        "branin2", [(-5, 10), (0, 15)], 0.39788735772973816, 0.3442, x => BraninValue(x[0], x[1]));

    public static TestProblem Hartmann6 { get; } = Box("hartmann6", 0, 1, 6, -3.322368011415514, 1.199, Hartmann);

    public static TestProblem Levy8 { get; } = Box("levy8", -10, 6, 8, 0, 12.24, LevyValue);

    public static TestProblem Mlp7 { get; } = new("mlp7", MlpSpace, 0.08, 0.1416, Mlp);

    /// <summary>Observed with noise of 0.02; not among the peers' figures.</summary>
    public static TestProblem NoisyMlp7 { get; } = Mlp7 with { Name = "mlp7-noisy", RandomRegret = null, Noise = 0.02 };

    private static SearchSpace MlpSpace => new(
    [
        new("lr", new RealDomain(1e-6, 1e-1, IsLog: true)),
        new("wd", new RealDomain(1e-8, 1e-1, IsLog: true)),
        new("hidden", new IntegerDomain(16, 512)),
        new("dropout", new RealDomain(0, 0.6)),
        new("activation", new ItemDomain([.. Words("relu", "tanh", "gelu", "sigmoid")])),
        new("optimizer", new ItemDomain([.. Words("sgd", "adam")])),
        new("momentum", new RealDomain(0, 0.99), When: [new Condition("optimizer", new OneOfTest([.. Words("sgd")]))]),
    ]);

    public static double BraninValue(double x, double y)
    {
        const double B = 5.1 / (4 * PI * PI), C = 5 / PI, T = 1 / (8 * PI);
        var valley = y - (B * x * x) + (C * x) - 6;
        return (valley * valley) + (10 * (1 - T) * Cos(x)) + 10;
    }

    public static double Hartmann(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < Alpha.Length; i++)
        {
            var exponent = 0.0;
            for (var j = 0; j < x.Length; j++)
            {
                exponent += A[i][j] * Pow(x[j] - (1e-4 * P[i][j]), 2);
            }

            sum -= Alpha[i] * Exp(-exponent);
        }

        return sum;
    }

    public static double LevyValue(double[] x)
    {
        double[] w = [.. x.Select(v => 1 + ((v - 1) / 4))];
        var sum = Pow(Sin(PI * w[0]), 2) + (Pow(w[^1] - 1, 2) * (1 + Pow(Sin(2 * PI * w[^1]), 2)));
        return sum + w.SkipLast(1).Sum(v => Pow(v - 1, 2) * (1 + (10 * Pow(Sin((PI * v) + 1), 2))));
    }

    public static double Mlp(ParameterValues values)
    {
        var (u, r) = (Log10(Number(values, "lr")), Log10(Number(values, "wd")));
        var (h, d) = (Log2(Number(values, "hidden")), Number(values, "dropout"));
        var isSgd = Text(values, "optimizer") == "sgd";
        var m = isSgd ? Number(values, "momentum") : 0;
        var speed = isSgd ? u + Log10(1 / (1 - m)) : u;
        var centre = isSgd ? -0.70 - (0.15 * (h - 4)) : -2.60 - (0.20 * (h - 4));
        var width = (isSgd ? 0.8 : 0.6) * (Text(values, "activation") == "sigmoid" ? 0.7 : 1);
        var loss = isSgd ? 0.15 * Saturate(Pow((m - 0.9) / 0.25, 2)) : 0.03;
        var z = (speed - centre) / width;
        var rate = z * z * (z > 0 ? 3 : 1);
        var regularisation = Pow(((0.7 * (r + 8) / 7) + (0.5 * d) - (0.15 + (0.10 * (h - 4)))) / 0.35, 2);
        var y = (h - Log2(192)) / 2;
        var capacity = y * y * (y < 0 ? 2 : 1);
        var activation = Text(values, "activation") switch { "relu" => 0.06, "tanh" => 0.12, "gelu" => 0, _ => 0.30 };
        var good = (1 - (0.85 * Saturate(rate)))
            * (1 - (0.35 * Saturate(regularisation)))
            * (1 - (0.40 * Saturate(capacity)))
            * (1 - activation)
            * (1 - loss);
        return 0.08 + (0.92 * (1 - good));
    }

    private static double Saturate(double q) => q / (1 + q);
}
