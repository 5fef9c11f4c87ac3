using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace SearchCluster.Contracts.Configuration;

/// <summary>One property of a configuration.</summary>
internal sealed class ConfigurationProperty
{
    private readonly PropertyInfo _property;
    private readonly PropertyInfo[] _groups;

    private ConfigurationProperty(PropertyInfo property, PropertyInfo[] groups, object? value, Type owner)
    {
        (_property, _groups) = (property, groups);
        Name = CamelCase(property.Name);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        Domain = DomainOf(property, owner);
        IsRequired = property.IsDefined(typeof(RequiredAttribute));
        IsOptional = value is null && !IsRequired && Nullable.GetUnderlyingType(property.PropertyType) is not null;
        Default = IsRequired || IsOptional ? null
            : value is null ? throw Unusable(owner, property, "it is null in a new instance", "give it a default")
            : ValueOf(value, TypeOf(property));
        if (Default is { } standard && !Domain.Contains(standard))
        {
            throw Unusable(owner, property, $"its default {Default} is not among its values", "change one of the two");
        }

        // A spec may use any value of the range, whatever the scale and step that the attribute proposes.
        Accepted = Domain switch
        {
            RealDomain real => new RealDomain(real.Min, real.Max),
            IntegerDomain whole => new IntegerDomain(whole.Min, whole.Max),
            var other => other,
        };
        When = [.. property.GetCustomAttributes<SearchWhenAttribute>().Select(ConditionOf)];
    }

    public string Name { get; }

    public string Description { get; }

    public ParameterDomain Domain { get; }

    public ParameterDomain Accepted { get; }

    /// <summary>The value without one; null where there is none.</summary>
    public ParameterValue? Default { get; }

    /// <summary>Whether a value must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether its owner works the value out where none is given.</summary>
    public bool IsOptional { get; }

    public ValueArray<Condition> When { get; }

    public static ConfigurationProperty[] Of(Type type, object instance)
    {
        ConfigurationProperty[] properties = [.. Flatten(type, instance, [])];
        if (properties.GroupBy(property => property.Name).FirstOrDefault(same => same.Skip(1).Any())?.Last() is { } twice)
        {
            throw Unusable(type, twice._property, "another property of it, or of its groups, has the same name", "rename one of them");
        }

        for (var i = 0; i < properties.Length; i++)
        {
            if (properties[i].When.FirstOrDefault(
                condition => properties.Take(i).All(earlier => earlier.Name != condition.Parameter)) is { } unknown)
            {
                throw Unusable(
                    type,
                    properties[i]._property,
                    $"it depends on '{unknown.Parameter}', which no property before it is",
                    "name a property that is declared before it");
            }
        }

        return properties.Length > 0
            ? properties
            : throw new ConfigurationException(
                $"{type.Name} has no public property that can be set, so there is nothing to search; "
                    + $"give it some, for example public double LearningRate {{ get; init; }} = 0.001;");
    }

    /// <summary>Sets the property, in the group that it belongs to.</summary>
    public void Set(object instance, ParameterValue value)
    {
        var owner = _groups.Aggregate(instance, (outer, group) => group.GetValue(outer)!);
        var type = TypeOf(_property);
        object converted = type switch
        {
            _ when type.IsEnum
                && value.TryGetText(out var text)
                && Enum.GetValues(type).Cast<object>().FirstOrDefault(member => MemberName(member) == text) is { } found => found,
            _ when type == typeof(string) && value.TryGetText(out var text) => text,
            _ when type == typeof(bool) && value.TryGetBoolean(out var truth) => truth,
            _ when IsWhole(type) && value.TryGetInteger(out var whole) => Convert.ChangeType(whole, type, CultureInfo.InvariantCulture),
            _ when IsReal(type) && value.TryGetNumber(out var number) => Convert.ChangeType(number, type, CultureInfo.InvariantCulture),
            _ => throw new ConfigurationException(
                $"'{Name}' is {value}, but property {_property.DeclaringType!.Name}.{_property.Name} "
                    + $"is of type {type.Name}; correct the value."),
        };
        _property.SetValue(owner, converted);
    }

    // Properties in the order of their declaration, those of a group in its place.
    private static IEnumerable<ConfigurationProperty> Flatten(Type type, object instance, PropertyInfo[] groups) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
        .OrderBy(property => property.MetadataToken)
        .SelectMany(property => property.IsDefined(typeof(SearchGroupAttribute))
            ? Flatten(
                property.PropertyType,
                property.GetValue(instance) ?? throw Unusable(type, property, "it is null in a new instance", "write = new();"),
                [.. groups, property])
            : [new ConfigurationProperty(property, groups, property.GetValue(instance), type)]);

    private static ParameterDomain DomainOf(PropertyInfo property, Type owner)
    {
        var type = TypeOf(property);
        if (property.GetCustomAttribute<SearchItemsAttribute>() is { } items)
        {
            return new ItemDomain([.. items.Items.Select(item => ValueOf(item, type))], items.IsOrdered);
        }

        if (type == typeof(bool))
        {
            return new BooleanDomain();
        }

        if (type.IsEnum)
        {
            return new ItemDomain([.. Enum.GetValues(type).Cast<object>().Select(member => ParameterValue.Text(MemberName(member)))]);
        }

        if (!IsWhole(type) && !IsReal(type))
        {
            throw Unusable(owner, property, $"it is of type {type.Name}", type == typeof(string)
                ? "give it [SearchItems(…)]"
                : "use double, float, int, long, bool, string or an enumeration");
        }

        var range = property.GetCustomAttribute<SearchRangeAttribute>()
            ?? throw Unusable(owner, property, "it is a number without a range", "give it [SearchRange(min, max)] or [SearchItems(…)]");
        if (!(range.Min <= range.Max) || (range.Log && range.Min <= 0) || range.Step < 0)
        {
            throw Unusable(
                owner,
                property,
                string.Create(
                    CultureInfo.InvariantCulture, $"its range is {range.Min} … {range.Max}{(range.Log ? ", log" : "")}, step {range.Step}"),
                "the first end is at most the second, above 0 on a log scale, the step at least 0");
        }

        return IsReal(type)
            ? new RealDomain(range.Min, range.Max, range.Log, range.Step > 0 ? range.Step : null)
            : new IntegerDomain((long)range.Min, (long)range.Max, range.Log, range.Step > 0 ? (long)range.Step : 1);
    }

    private static Condition ConditionOf(SearchWhenAttribute when) =>
        new(CamelCase(when.Property), new OneOfTest([.. when.Values.Select(value => ValueOf(value, value.GetType()))]));

    private static ParameterValue ValueOf(object value, Type type) => value switch
    {
        bool truth => ParameterValue.Boolean(truth),
        string text => ParameterValue.Text(text),
        Enum member => ParameterValue.Text(MemberName(member)),
        _ when IsReal(type) => ParameterValue.Real(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        float or double => ParameterValue.Real(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => ParameterValue.Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    // LeakyRelu is leaky-relu in a spec.
    private static string MemberName(object member) =>
        string.Concat(member.ToString()!.Select(
            (c, i) => char.IsAsciiLetterUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static Type TypeOf(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long);

    private static bool IsReal(Type type) => type == typeof(double) || type == typeof(float);

    private static ConfigurationException Unusable(Type owner, PropertyInfo property, string what, string next) =>
        new($"{owner.Name}.{property.Name} cannot be searched: {what}; {next}.");
}
