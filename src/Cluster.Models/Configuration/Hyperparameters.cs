using System.Collections.Concurrent;
using System.Globalization;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Models.Configuration;

/// <summary>A trial's configuration as its workload reads it: sampled values over fixed ones over defaults,
/// each checked against its domain.</summary>
public sealed class Hyperparameters
{
    private readonly ValueMap<ParameterValue> _values;
    private readonly ConcurrentDictionary<string, byte> _read = new(StringComparer.Ordinal);

    private Hyperparameters(ValueMap<ParameterValue> values) => _values = values;

    /// <summary>Names that were read so far; a test compares them with the descriptor.</summary>
    internal IEnumerable<string> NamesRead => _read.Keys.Order(StringComparer.Ordinal);

    /// <summary>Combines the sources.</summary>
    /// <param name="workload">What the workload accepts.</param>
    /// <param name="fixedValues">Constants of the spec.</param>
    /// <param name="sampled">The trial's configuration; wins over a constant of the same name.</param>
    /// <exception cref="WorkloadConfigurationException">A name is unknown, a value is outside its domain, or
    /// one without default is missing.</exception>
    public static Hyperparameters Create(WorkloadDescriptor workload, ParameterValues fixedValues, ParameterValues sampled)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(fixedValues);
        ArgumentNullException.ThrowIfNull(sampled);
        var given = ValueMap<ParameterValue>.Empty;
        foreach (var (name, value) in fixedValues.Entries.Concat(sampled.Entries))
        {
            given = given.With(name, value);
        }

        var known = workload.Hyperparameters.Select(hyperparameter => hyperparameter.Name).ToHashSet(StringComparer.Ordinal);
        if (!workload.AllowsOtherParameters && given.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new WorkloadConfigurationException(
                $"Workload '{workload.Name}' has no hyperparameter '{unknown}'; "
                    + $"it reads {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }

        // What is optional and not given, the workload works out itself.
        var needed = workload.Hyperparameters.Where(hyperparameter => !hyperparameter.IsOptional || given.ContainsKey(hyperparameter.Name));
        return new(needed.Aggregate(
            given, (values, hyperparameter) => values.With(hyperparameter.Name, Resolve(workload, hyperparameter, given))));
    }

    /// <summary>Reads a real number, which lies in the domain that the descriptor states.</summary>
    /// <param name="name">A name of the descriptor.</param>
    /// <returns>The value.</returns>
    /// <exception cref="WorkloadConfigurationException">It is not a number.</exception>
    /// <exception cref="InvalidOperationException">The workload's descriptor does not name it.</exception>
    public double Real(string name) => Read(name).TryGetNumber(out var number) ? number : throw OtherType(name, "number");

    /// <summary>Reads a whole number, which lies in the domain that the descriptor states.</summary>
    /// <param name="name">A name of the descriptor.</param>
    /// <returns>The value.</returns>
    /// <exception cref="WorkloadConfigurationException">It is not a whole number.</exception>
    /// <exception cref="InvalidOperationException">The workload's descriptor does not name it.</exception>
    /// <exception cref="OverflowException">It needs more than 32 bits.</exception>
    public int Integer(string name) =>
        Read(name).TryGetInteger(out var number) ? checked((int)number) : throw OtherType(name, "whole number");

    /// <summary>Reads a text, which lies in the domain that the descriptor states.</summary>
    /// <param name="name">A name of the descriptor.</param>
    /// <returns>The value.</returns>
    /// <exception cref="WorkloadConfigurationException">It is not a text.</exception>
    /// <exception cref="InvalidOperationException">The workload's descriptor does not name it.</exception>
    public string Text(string name) => Read(name).TryGetText(out var text) ? text : throw OtherType(name, "text");

    /// <summary>Reads a truth value, which lies in the domain that the descriptor states.</summary>
    /// <param name="name">A name of the descriptor.</param>
    /// <returns>The value.</returns>
    /// <exception cref="WorkloadConfigurationException">It is not true or false.</exception>
    /// <exception cref="InvalidOperationException">The workload's descriptor does not name it.</exception>
    public bool Boolean(string name) => Read(name).TryGetBoolean(out var truth) ? truth : throw OtherType(name, "boolean");

    /// <summary>Finds a value of any type.</summary>
    /// <returns>The value; null when the descriptor does not name it.</returns>
    public ParameterValue? Find(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return null;
        }

        _read.TryAdd(name, 0);
        return value;
    }

    /// <summary>Reads options, or a group of them.</summary>
    /// <typeparam name="TOptions">See <see cref="SearchConfiguration{T}"/>; what the descriptor does not name
    /// keeps its default.</typeparam>
    public TOptions Read<TOptions>()
        where TOptions : class, new() => SearchConfiguration<TOptions>.Read(Find);

    /// <summary>Lists the numbers that the workload's descriptor does not name, for example the coordinates of a function.</summary>
    /// <param name="workload">The descriptor.</param>
    /// <returns>The numbers in ordinal order of their names.</returns>
    internal double[] OtherNumbers(WorkloadDescriptor workload)
    {
        var named = workload.Hyperparameters.Select(hyperparameter => hyperparameter.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _values
            .Where(entry => !named.Contains(entry.Key))
            .Select(entry => entry.Value.TryGetNumber(out var number) ? number : double.NaN)
            .Where(double.IsFinite)];
    }

    private static ParameterValue Resolve(
        WorkloadDescriptor workload, HyperparameterDescriptor hyperparameter, ValueMap<ParameterValue> given)
    {
        if (!given.TryGetValue(hyperparameter.Name, out var value))
        {
            return hyperparameter.Default
                ?? throw new WorkloadConfigurationException(
                    $"Workload '{workload.Name}' needs the hyperparameter '{hyperparameter.Name}', which has no default; "
                        + $"give it in space or workload.fixed.");
        }

        // A spec may write 1 where a real number is meant.
        if (hyperparameter.Domain is RealDomain && value.TryGetInteger(out var whole))
        {
            value = ParameterValue.Real(whole);
        }

        return hyperparameter.Domain.Contains(value)
            ? value
            : throw new WorkloadConfigurationException(
                $"Hyperparameter '{hyperparameter.Name}' is {DisplayText.Shorten(value.ToString())}, "
                    + $"but must be {Describe(hyperparameter.Domain)}.");
    }

    private static string Describe(ParameterDomain domain) => domain switch
    {
        RealDomain real => string.Create(CultureInfo.InvariantCulture, $"a number from {real.Min} to {real.Max}"),
        IntegerDomain whole => string.Create(CultureInfo.InvariantCulture, $"a whole number from {whole.Min} to {whole.Max}"),
        ItemDomain items => $"one of {string.Join(", ", items.Items)}",
        _ => "true or false",
    };

    private static WorkloadConfigurationException OtherType(string name, string expected) =>
        new($"Hyperparameter '{name}' must be a {expected}.");

    private ParameterValue Read(string name)
    {
        _read.TryAdd(name, 0);
        return _values.TryGetValue(name, out var value)
            ? value
            : throw new InvalidOperationException($"Hyperparameter '{name}' is read, but the workload's descriptor does not name it.");
    }
}
