namespace SearchCluster.Search.Benchmarks.Functions;

/// <summary>Compares the suite's problems with values computed elsewhere in double precision, so that no figure
/// comes from a wrong function.</summary>
internal static class SuiteCheck
{
    private const double Tolerance = 1e-12;

    /// <summary>Checks all values.</summary>
    /// <exception cref="InvalidOperationException">A problem gives another value.</exception>
    public static void Run()
    {
        Check("branin2(0, 0)", SuiteProblems.BraninValue(0, 0), 55.602112642270264);
        Check("hartmann6(0.5, …)", SuiteProblems.Hartmann([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]), -0.5053149917022333);
        Check("levy8(0, …)", SuiteProblems.LevyValue(new double[8]), 1.2609118788188214);
        var relu = Mlp("relu", "adam");
        Check("mlp7 with relu and adam", SuiteProblems.Mlp(relu), 0.3780050100012981);
        Check(
            "mlp7 with sigmoid and sgd",
            SuiteProblems.Mlp(Mlp("sigmoid", "sgd").With("momentum", ParameterValue.Real(0.5))),
            0.8657032970085893);
    }

    private static ParameterValues Mlp(string activation, string optimizer) => new(
    [
        new("lr", ParameterValue.Real(1e-3)),
        new("wd", ParameterValue.Real(1e-4)),
        new("hidden", ParameterValue.Integer(128)),
        new("dropout", ParameterValue.Real(0.1)),
        new("activation", ParameterValue.Text(activation)),
        new("optimizer", ParameterValue.Text(optimizer)),
    ]);

    private static void Check(string name, double actual, double expected)
    {
        if (!(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected)))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{name} is {actual:R}, but must be {expected:R}; the problem is not the one that peers were measured on."));
        }
    }
}
