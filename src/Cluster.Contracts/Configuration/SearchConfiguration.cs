using System.ComponentModel;

namespace SearchCluster.Contracts.Configuration;

/// <summary>A class or record whose properties are hyperparameters: its space, its descriptors, and its
/// instances from a trial's values.</summary>
/// <typeparam name="T">
/// Has a parameterless constructor; each public property that can be set (<c>init</c> will do) is a hyperparameter of the same name with a
/// small first letter. Numbers carry
/// <see cref="SearchRangeAttribute"/> or <see cref="SearchItemsAttribute"/>, texts
/// <see cref="SearchItemsAttribute"/>; truth values and enumerations need nothing. A property with <see cref="SearchGroupAttribute"/> holds
/// more of them. What a new instance holds is the default; a property that is null there is worked out by the class where no value is
/// given, and one with <see cref="System.ComponentModel.DataAnnotations.RequiredAttribute"/> must be given.
/// <see cref="DescriptionAttribute"/> describes.
/// </typeparam>
public static class SearchConfiguration<T>
    where T : class, new()
{
    private static readonly Lazy<ConfigurationProperty[]> Properties = new(() => ConfigurationProperty.Of(typeof(T), new T()));

    /// <summary>The hyperparameters, in the order of the properties.</summary>
    /// <exception cref="ConfigurationException">A property cannot be searched.</exception>
    public static ValueArray<HyperparameterDescriptor> Descriptors =>
        Properties.Value
            .Select(property => new HyperparameterDescriptor(
                property.Name, property.Accepted, property.Default, property.Description, property.IsOptional))
            .ToValueArray();

    /// <summary>The space that the attributes describe.</summary>
    /// <exception cref="ConfigurationException">A property cannot be searched.</exception>
    public static SearchSpace Space => new(Properties.Value
        .Select(property => new ParameterSpec(
            property.Name,
            property.Domain,
            property.Default,
            When: property.When,
            Description: property.Description.Length > 0 ? property.Description : null))
        .ToValueArray());

    /// <summary>Makes an instance from values.</summary>
    /// <param name="find">Finds the value of a hyperparameter; null leaves the default.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ConfigurationException">There is no value for a hyperparameter that must be given.</exception>
    public static T Read(Func<string, ParameterValue?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        var instance = new T();
        foreach (var property in Properties.Value)
        {
            if (find(property.Name) is { } value)
            {
                property.Set(instance, value);
            }
            else if (property.IsRequired)
            {
                throw new ConfigurationException($"{property.Name} is not given, but is needed: {property.Description} Give it.");
            }
        }

        return instance;
    }

    /// <summary>Makes an instance from a configuration; parameters that are not active there keep their defaults.</summary>
    /// <param name="values">The configuration.</param>
    /// <returns>The instance.</returns>
    public static T Read(ParameterValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Read(name => values.TryGet(name, out var value) ? value : null);
    }
}
