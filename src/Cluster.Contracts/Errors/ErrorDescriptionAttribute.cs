namespace SearchCluster.Contracts.Errors;

/// <summary>What a code means, and what to do about it: one meaning each, permanent, never reused for another.</summary>
/// <param name="meaning">A sentence that is true wherever the code is used.</param>
/// <param name="nextStep">What a person can do.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ErrorDescriptionAttribute(string meaning, string nextStep) : Attribute
{
    /// <summary>A sentence that is true wherever the code is used.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>What a person can do.</summary>
    public string NextStep { get; } = nextStep;
}
