namespace SearchCluster.Cli.Json.Searches;

/// <summary>A later stage of a coarse-to-fine search, and the part of the space that it searches.</summary>
internal sealed record NarrowingJson(
    int Stage, int FirstTrial, double DataFraction, string Explanation, IReadOnlyList<NarrowedParameterJson> Parameters)
{
    public static NarrowingJson Of(SpaceNarrowing narrowing) => new(
        narrowing.Stage,
        narrowing.FirstTrial.Number,
        narrowing.DataFraction,
        narrowing.Explanation,
        [.. narrowing.Space.Parameters.Select(NarrowedParameterJson.Of)]);
}

/// <summary>What is left of one parameter: a range, or a list of values.</summary>
internal sealed record NarrowedParameterJson(string Parameter, double? Min, double? Max, IReadOnlyList<ParameterValue>? Values)
{
    public static NarrowedParameterJson Of(ParameterSpec parameter) => parameter.Domain switch
    {
        RealDomain reals => new(parameter.Name, reals.Min, reals.Max, null),
        IntegerDomain integers => new(parameter.Name, integers.Min, integers.Max, null),
        ItemDomain items => new(parameter.Name, null, null, items.Items),
        _ => new(parameter.Name, null, null, [ParameterValue.Boolean(false), ParameterValue.Boolean(true)]),
    };
}
