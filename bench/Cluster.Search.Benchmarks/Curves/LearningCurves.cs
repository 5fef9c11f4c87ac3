using SearchCluster.Search.Benchmarks.Functions;

namespace SearchCluster.Search.Benchmarks.Curves;

/// <summary>Learning curves with a known end: the loss falls from 2.3 to the value of problem mlp7, faster for
/// larger step sizes, with noise.</summary>
/// <param name="seed">Seed of the noise.</param>
internal sealed class LearningCurves(ulong seed)
{
    /// <summary>Epochs of a whole trial.</summary>
    public const int Epochs = 81;

    private const double Start = 2.30, Noise = 0.01;

    public static TestProblem Problem => SuiteProblems.Mlp7;

    /// <summary>The whole curve of a trial.</summary>
    /// <param name="trial">Its number; it decides the noise.</param>
    /// <param name="values">Its configuration.</param>
    /// <returns>The losses after epochs 1 to 81.</returns>
    public double[] Of(TrialId trial, ParameterValues values)
    {
        var final = Problem.Evaluate(values);
        var speed = 0.25 + (0.75 * Math.Clamp((Math.Log10(TestProblem.Number(values, "lr")) + 6) / 5, 0, 1));
        var noise = SeedSequence.Stream(seed ^ 0x9E3779B97F4A7C15, StreamPurpose.Dropout, trial.Number);
        return [.. Enumerable.Range(1, Epochs)
            .Select(epoch => final + ((Start - final) * Math.Exp(-speed * epoch)) + (Noise * noise.NextGaussian()))];
    }
}
