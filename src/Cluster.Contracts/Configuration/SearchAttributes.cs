namespace SearchCluster.Contracts.Configuration;

/// <summary>The range in which a number of a configuration is searched, both ends included.</summary>
/// <param name="min">Smallest value; above 0 on a log scale.</param>
/// <param name="max">Largest value, at least <paramref name="min"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchRangeAttribute(double min, double max) : Attribute
{
    /// <summary>Smallest value.</summary>
    public double Min => min;

    /// <summary>Largest value.</summary>
    public double Max => max;

    /// <summary>Search evenly in the logarithm, as for learning rates.</summary>
    public bool Log { get; set; }

    /// <summary>Distance of allowed values, counted from the smallest; 0 for all values (1 for whole numbers).</summary>
    public double Step { get; set; }
}

/// <summary>The values that a text or number of a configuration can take. Enumerations need none: all their members are searched.</summary>
/// <param name="items">Texts, numbers, or both; at least one.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchItemsAttribute(params object[] items) : Attribute
{
    /// <summary>The values.</summary>
    public IReadOnlyList<object> Items => items;

    /// <summary>True when the order of the values carries meaning (16, 32, 64).</summary>
    public bool IsOrdered { get; set; }
}

/// <summary>The parameter is searched only where another one has one of these values; several such attributes must all hold.</summary>
/// <param name="property">Name of the other property, declared before this one.</param>
/// <param name="values">Its values, at least one.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class SearchWhenAttribute(string property, params object[] values) : Attribute
{
    /// <summary>Name of the other property.</summary>
    public string Property => property;

    /// <summary>Its values.</summary>
    public IReadOnlyList<object> Values => values;
}

/// <summary>The property holds a class like its owner, whose properties are hyperparameters too: what several
/// configurations share is written once.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchGroupAttribute : Attribute;
