namespace SearchCluster.Contracts.Algorithms;

/// <summary>The options of one sampler or scheduler: what the spec gives, else the default of the descriptor.</summary>
/// <param name="descriptor">Which options there are.</param>
/// <param name="given">What the spec gives.</param>
public sealed class OptionValues(AlgorithmDescriptor descriptor, ParameterValues given)
{
    /// <summary>Reads a whole number.</summary>
    /// <param name="name">The option.</param>
    /// <returns>Its value; null when it is not given and has no default.</returns>
    public int? Integer(string name) => Find(name) is { } value && value.TryGetInteger(out var number) ? checked((int)number) : null;

    /// <summary>Reads a number.</summary>
    /// <param name="name">The option.</param>
    /// <returns>Its value; null when it is not given and has no default.</returns>
    public double? Real(string name) => Find(name) is { } value && value.TryGetNumber(out var number) ? number : null;

    /// <summary>Reads a word.</summary>
    /// <param name="name">The option.</param>
    /// <returns>Its value; null when it is not given and has no default.</returns>
    public string? Text(string name) => Find(name) is { } value && value.TryGetText(out var text) ? text : null;

    /// <summary>Reads a truth value.</summary>
    /// <param name="name">The option.</param>
    /// <returns>Its value; null when it is not given and has no default.</returns>
    public bool? Flag(string name) => Find(name) is { } value && value.TryGetBoolean(out var flag) ? flag : null;

    private ParameterValue? Find(string name)
    {
        var option = descriptor.Options.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ArgumentException($"{descriptor.Name} has no option {name}; add it to its descriptor.", nameof(name));
        return given.TryGet(name, out var value) ? value : option.Default;
    }
}
