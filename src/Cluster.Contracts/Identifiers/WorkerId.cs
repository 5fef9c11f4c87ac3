using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Identifiers;

/// <summary>Names a worker; stable over restarts of its process, so that a restarted worker's old leases end at once.</summary>
[JsonConverter(typeof(WorkerIdJsonConverter))]
public readonly record struct WorkerId
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 100;

    /// <summary>What a name has, as the end of a sentence.</summary>
    public const string Rule = "1 to 100 of letters, digits, '-', '_', '.' and ':'";

    /// <summary>Checks and wraps a name.</summary>
    /// <param name="value">1 to 100 of letters, digits, '-', '_', '.' and ':'.</param>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public WorkerId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"\"{value}\" is not a worker name; use {Rule}.", nameof(value));
        }

        Value = value;
    }

    /// <summary>Tells whether a text is a name.</summary>
    /// <param name="text">Null and empty are none.</param>
    public static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= MaximumLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');

    /// <summary>The bare name.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Writes a <see cref="WorkerId"/> as a JSON string.</summary>
public sealed class WorkerIdJsonConverter() : IdentifierJsonConverter<WorkerId>(text => new WorkerId(text));
