namespace SearchCluster.Contracts.Tests.Trials;

/// <summary>Each limit of a report holds at its value and breaks one above.</summary>
[Trait("Promise", "S08")]
public sealed class ReportRulesTests
{
    [Theory]
    [InlineData(ReportRules.MaximumMetrics, true)]
    [InlineData(ReportRules.MaximumMetrics + 1, false)]
    public void Metrics(int count, bool isTaken) =>
        Check(Enumerable.Range(0, count).Select(number => $"metric{number}"), isTaken, $"holds {count} metrics, but may hold at most 64");

    [Theory]
    [InlineData(ReportRules.MaximumMetricName, true)]
    [InlineData(ReportRules.MaximumMetricName + 1, false)]
    [InlineData(0, false)]
    public void Names_of_metrics(int length, bool isTaken) =>
        Check([new string('m', length)], isTaken, $"has {length} characters, but must have 1 to 64");

    private static void Check(IEnumerable<string> names, bool isTaken, string problem)
    {
        var metrics = new ValueMap<double>(names.Select(name => KeyValuePair.Create(name, 1.0)));
        string?[] problems =
        [
            ReportRules.Problem(new Measurement(1, metrics, TimeSpan.Zero)),
            ReportRules.Problem(new AttemptCompleted(new TrialResult(1, 1, 1, metrics, TimeSpan.Zero, false), TrainingStop.AllEpochs)),
        ];

        foreach (var found in problems)
        {
            if (isTaken)
            {
                found.ShouldBeNull();
            }
            else
            {
                found.ShouldNotBeNull().ShouldContain(problem);
            }
        }
    }
}
