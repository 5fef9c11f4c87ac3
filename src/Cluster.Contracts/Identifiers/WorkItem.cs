using System.Globalization;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Identifiers;

/// <summary>One thing of a search that a worker can lease: a trial, or building the ensemble.</summary>
[JsonConverter(typeof(WorkItemJsonConverter))]
public readonly record struct WorkItem
{
    private const string EnsembleText = "ensemble";
    private const string TrialPrefix = "trial-";

    // 0 is the ensemble, n + 1 is trial n: the default value is a legal item.
    private readonly int _code;

    private WorkItem(int code) => _code = code;

    /// <summary>Building the ensemble of a search.</summary>
    public static WorkItem Ensemble { get; } = new(0);

    /// <summary>The trial, or null when this is the ensemble.</summary>
    public TrialId? TrialId => _code == 0 ? null : new TrialId(_code - 1);

    /// <summary>Wraps a trial.</summary>
    /// <param name="id">The trial.</param>
    /// <returns>The item.</returns>
    public static WorkItem Trial(TrialId id) => new(id.Number + 1);

    /// <summary>Reads the text that <see cref="ToString"/> writes.</summary>
    /// <param name="text"><c>ensemble</c> or <c>trial-17</c>.</param>
    /// <returns>The item.</returns>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static WorkItem Parse(string text)
    {
        if (text == EnsembleText)
        {
            return Ensemble;
        }

        return text.StartsWith(TrialPrefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(TrialPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Trial(new TrialId(number))
            : throw new FormatException($"\"{text}\" is not a work item; write \"{EnsembleText}\" or \"{TrialPrefix}17\".");
    }

    /// <inheritdoc />
    public override string ToString() =>
        _code == 0 ? EnsembleText : TrialPrefix + (_code - 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Writes a <see cref="WorkItem"/> as a JSON string.</summary>
public sealed class WorkItemJsonConverter() : IdentifierJsonConverter<WorkItem>(WorkItem.Parse);
