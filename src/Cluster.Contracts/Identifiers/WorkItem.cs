using System.Globalization;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Identifiers;

/// <summary>One thing of a search that a worker can lease: a trial, a member that is trained for the ensemble,
/// or building the ensemble.</summary>
[JsonConverter(typeof(WorkItemJsonConverter))]
public readonly record struct WorkItem
{
    private const string EnsembleText = "ensemble";
    private const string TrialPrefix = "trial-";
    private const string MemberPrefix = "member-";

    // 0 is the ensemble, n + 1 is trial n, -(n + 1) is member n: the default value is a legal item.
    private readonly int _code;

    private WorkItem(int code) => _code = code;

    /// <summary>Building the ensemble of a search.</summary>
    public static WorkItem Ensemble { get; } = new(0);

    /// <summary>The trial, or null when this is another item.</summary>
    public TrialId? TrialId => _code > 0 ? new TrialId(_code - 1) : null;

    /// <summary>Number of the member from 0, or null when this is another item.</summary>
    public int? MemberNumber => _code < 0 ? -_code - 1 : null;

    /// <summary>Wraps a trial.</summary>
    /// <param name="id">The trial.</param>
    public static WorkItem Trial(TrialId id) => new(id.Number + 1);

    /// <summary>Wraps a member of the ensemble.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static WorkItem Member(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return new(-number - 1);
    }

    /// <summary>Reads the text that <see cref="ToString"/> writes.</summary>
    /// <param name="text"><c>ensemble</c>, <c>trial-17</c> or <c>member-3</c>.</param>
    /// <exception cref="FormatException">The text is none of them.</exception>
    public static WorkItem Parse(string text)
    {
        if (text == EnsembleText)
        {
            return Ensemble;
        }

        return Number(text, TrialPrefix) is { } trial ? Trial(new TrialId(trial))
            : Number(text, MemberPrefix) is { } member ? Member(member)
            : throw new FormatException(
                $"\"{text}\" is not a work item; write \"{EnsembleText}\", \"{TrialPrefix}17\" or \"{MemberPrefix}3\".");
    }

    /// <inheritdoc />
    public override string ToString() => TrialId is { } trial ? TrialPrefix + trial.Number.ToString(CultureInfo.InvariantCulture)
        : MemberNumber is { } member ? MemberPrefix + member.ToString(CultureInfo.InvariantCulture)
        : EnsembleText;

    private static int? Number(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < int.MaxValue
            ? number
            : null;
}

/// <summary>Writes a <see cref="WorkItem"/> as a JSON string.</summary>
public sealed class WorkItemJsonConverter() : IdentifierJsonConverter<WorkItem>(WorkItem.Parse);
