using SearchCluster.Contracts.Ensembles;
using SearchCluster.Models.Data;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Which figures the report of an ensemble may show: those of rows that no member whose answer counts learned from.</summary>
/// <remarks>
/// <c>test/</c>: no method learns from the test part. <c>val/</c>: where the method learns from the training part only; of a search with
/// folds both parts are those of the first fold, whose models the trials keep. <c>oob/</c> and <c>oof/</c>: each row by the members that
/// did not learn from it, which says something only where rows are apart from each other. A figure may still be a little optimistic by what
/// was chosen with it: trials and epochs by the validation part, epochs by the fold left out.
/// </remarks>
internal static class HonestFigures
{
    /// <summary>The parts of the data on which an ensemble is shown.</summary>
    /// <param name="method">How it is made.</param>
    /// <param name="data">What the search's trials learn from.</param>
    public static IEnumerable<(string Name, DataPart Part)> Parts(EnsembleMethod method, DataSet data)
    {
        if (!method.LearnsFromValidation)
        {
            yield return (TrialMetrics.Validation, data.Validation);
        }

        if (data.Test is { } test)
        {
            yield return (TrialMetrics.Test, test);
        }
    }

    /// <summary>Why nothing is said of rows that a member did not learn from; null where it is.</summary>
    /// <param name="data">What the search's trials learn from.</param>
    public static string? WhyNoUnseenRows(DataSet data) =>
        data.IsOrdered ? "because a row that a member did not learn from shares its steps with neighbours that it learned from" : null;
}
