namespace SearchCluster.Models.Workloads.Functions;

/// <summary>Test functions of optimisation, all to be minimised.</summary>
/// <remarks>
/// Source: Surjanovic and Bingham, "Virtual Library of Simulation Experiments: Test Functions and Datasets", Simon Fraser University,
/// https://www.sfu.ca/~ssurjano; Branin with its recommended constants, minimum 0.397887; Hartmann 6-D, minimum -3.32237 (not rescaled).
/// The functions with two objectives are in <see cref="TwoObjectiveFunctions"/>.
/// </remarks>
internal static class TestFunctions
{
    private static readonly double[] HartmannWeights = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] HartmannScales =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] HartmannCentres =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Tells how many coordinates a function takes.</summary>
    /// <returns>The exact number, or null for any number of at least one (two for rosenbrock and the functions
    /// with two objectives).</returns>
    public static int? Dimensions(string name) => name switch
    {
        "branin" => 2,
        "hartmann6" => 6,
        _ => null,
    };

    public static int MinimumDimensions(string name) => Dimensions(name) ?? (name is "rosenbrock" or "zdt1" or "zdt3" ? 2 : 1);

    /// <summary>Evaluates a function.</summary>
    /// <param name="name">For example <c>zdt1</c>.</param>
    /// <param name="x">Coordinates.</param>
    /// <returns>One value for each objective, one or two.</returns>
    public static double[] EvaluateAll(string name, double[] x) => name switch
    {
        "zdt1" => TwoObjectiveFunctions.Zdt1(x),
        "zdt3" => TwoObjectiveFunctions.Zdt3(x),
        _ => [Evaluate(name, x)],
    };

    /// <summary>Evaluates a function with one objective.</summary>
    /// <param name="name">For example <c>branin</c>.</param>
    /// <param name="x">Coordinates.</param>
    /// <returns>The value.</returns>
    public static double Evaluate(string name, double[] x) => name switch
    {
        "branin" => Branin(x[0], x[1]),
        "sphere" => x.Sum(v => v * v),
        "rosenbrock" => Rosenbrock(x),
        "rastrigin" => (10.0 * x.Length) + x.Sum(v => (v * v) - (10 * Math.Cos(2 * Math.PI * v))),
        "ackley" => Ackley(x),
        "hartmann6" => Hartmann6(x),
        "levy" => Levy(x),
        "griewank" => Griewank(x),
        "schwefel" => (418.9828872724339 * x.Length) - x.Sum(v => v * Math.Sin(Math.Sqrt(Math.Abs(v)))),
        "styblinski-tang" => x.Sum(v => (v * v * v * v) - (16 * v * v) + (5 * v)) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The descriptor allows a function that is not implemented."),
    };

    private static double Branin(double x, double y)
    {
        const double B = 5.1 / (4 * Math.PI * Math.PI), C = 5 / Math.PI, T = 1 / (8 * Math.PI);
        var valley = y - (B * x * x) + (C * x) - 6;
        return (valley * valley) + (10 * (1 - T) * Math.Cos(x)) + 10;
    }

    private static double Rosenbrock(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var (curve, distance) = (x[i + 1] - (x[i] * x[i]), 1 - x[i]);
            sum += (100 * curve * curve) + (distance * distance);
        }

        return sum;
    }

    private static double Ackley(double[] x)
    {
        var radius = Math.Sqrt(x.Sum(v => v * v) / x.Length);
        var waves = x.Sum(v => Math.Cos(2 * Math.PI * v)) / x.Length;
        return (-20 * Math.Exp(-0.2 * radius)) - Math.Exp(waves) + 20 + Math.E;
    }

    private static double Hartmann6(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < HartmannWeights.Length; i++)
        {
            var exponent = 0.0;
            for (var j = 0; j < x.Length; j++)
            {
                var distance = x[j] - HartmannCentres[i][j];
                exponent += HartmannScales[i][j] * distance * distance;
            }

            sum -= HartmannWeights[i] * Math.Exp(-exponent);
        }

        return sum;
    }

    private static double Levy(double[] x)
    {
        var w = Array.ConvertAll(x, v => 1 + ((v - 1) / 4));
        var sum = Square(Math.Sin(Math.PI * w[0])) + (Square(w[^1] - 1) * (1 + Square(Math.Sin(2 * Math.PI * w[^1]))));
        for (var i = 0; i + 1 < w.Length; i++)
        {
            sum += Square(w[i] - 1) * (1 + (10 * Square(Math.Sin((Math.PI * w[i]) + 1))));
        }

        return sum;
    }

    private static double Griewank(double[] x)
    {
        var (sum, product) = (0.0, 1.0);
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * x[i] / 4000;
            product *= Math.Cos(x[i] / Math.Sqrt(i + 1));
        }

        return sum - product + 1;
    }

    private static double Square(double value) => value * value;
}
