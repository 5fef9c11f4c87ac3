namespace SearchCluster.Search.Encoding;

/// <summary>Configurations of a space as points of the unit cube: one coordinate for each parameter, in the order of the space.</summary>
/// <remarks>A uniform point decodes to a draw of the prior. The coordinate of an inactive parameter is NaN
/// where a point is encoded.</remarks>
public sealed class SpaceEncoding
{
    private readonly (int Parent, ConditionTest Test)[]?[] _when;
    private readonly (int Parent, ConditionTest Test)[][] _forbidden;

    /// <summary>Prepares a space.</summary>
    public SpaceEncoding(SearchSpace space)
    {
        Space = space;
        Axes = [.. space.Parameters.Select(Axis.Of)];
        var index = space.Parameters.Index().ToDictionary(p => p.Item.Name, p => p.Index, StringComparer.Ordinal);
        _when = [.. space.Parameters.Select(p => p.When is { Count: > 0 } when ? Compile(when) : null)];
        _forbidden = [.. (space.Forbidden ?? []).Select(forbidden => Compile(forbidden.Conditions))];

        (int, ConditionTest)[] Compile(ValueArray<Condition> conditions) => [.. conditions.Select(c => (index[c.Parameter], c.Test))];
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>One axis for each parameter.</summary>
    public ImmutableArray<Axis> Axes { get; }

    /// <summary>How many coordinates a point has.</summary>
    public int Dimensions => Axes.Length;

    /// <summary>True when a parameter depends on another one.</summary>
    public bool HasConditions => Array.Exists(_when, when => when is not null);

    /// <summary>Tells whether a parameter is active only in some configurations.</summary>
    /// <param name="parameter">Its place in the space, from 0.</param>
    /// <returns>True when it has a condition.</returns>
    public bool IsConditional(int parameter) => _when[parameter] is not null;

    /// <summary>How many configurations there are, conditions and forbidden combinations left aside; infinite
    /// with a continuous axis.</summary>
    public double Size => Axes.Aggregate(1.0, (size, axis) => size * axis.Levels);

    /// <summary>Finds the point of a configuration.</summary>
    /// <param name="values">Any configuration.</param>
    /// <param name="point">Gets <see cref="Dimensions"/> coordinates; NaN for inactive parameters.</param>
    /// <returns>False when the configuration is not one of the space (forbidden combinations left aside).</returns>
    public bool TryEncode(ParameterValues values, Span<double> point)
    {
        var active = 0;
        for (var i = 0; i < Axes.Length; i++)
        {
            point[i] = double.NaN;
            if (!Axes[i].Parameter.IsActive(values))
            {
                continue;
            }

            active++;
            if (!values.TryGet(Axes[i].Parameter.Name, out var value) || Axes[i].Encode(value) is not { } unit)
            {
                return false;
            }

            point[i] = unit;
        }

        return active == values.Count;
    }

    /// <summary>Finds the configuration at a point.</summary>
    /// <param name="point"><see cref="Dimensions"/> coordinates from 0 to 1; those of inactive parameters are not read.</param>
    /// <returns>A configuration of the space, possibly a forbidden one.</returns>
    public ParameterValues Decode(ReadOnlySpan<double> point)
    {
        Span<bool> active = stackalloc bool[Axes.Length];
        FindActive(point, active);
        var values = new List<KeyValuePair<string, ParameterValue>>(Axes.Length);
        for (var i = 0; i < Axes.Length; i++)
        {
            if (active[i])
            {
                values.Add(new(Axes[i].Parameter.Name, Axes[i].Decode(point[i])));
            }
        }

        return new ParameterValues(values);
    }

    /// <summary>Tells which parameters are active at a point.</summary>
    /// <param name="point"><see cref="Dimensions"/> coordinates; those of inactive parameters are not read.</param>
    /// <param name="active">Gets one entry for each parameter.</param>
    public void FindActive(ReadOnlySpan<double> point, Span<bool> active)
    {
        for (var i = 0; i < Axes.Length; i++)
        {
            active[i] = _when[i] is not { } when || HoldsAll(when, point, active);
        }
    }

    /// <summary>Moves a point to the one that its configuration encodes to: middles of cells, NaN for inactive parameters.</summary>
    /// <param name="point"><see cref="Dimensions"/> coordinates, changed in place.</param>
    public void Snap(Span<double> point)
    {
        Span<bool> active = stackalloc bool[Axes.Length];
        FindActive(point, active);
        for (var i = 0; i < Axes.Length; i++)
        {
            point[i] = active[i] ? Axes[i].Snap(point[i]) : double.NaN;
        }
    }

    /// <summary>Tells whether the configuration at a point is forbidden.</summary>
    /// <param name="point"><see cref="Dimensions"/> coordinates.</param>
    /// <returns>True when it meets all conditions of a forbidden combination.</returns>
    public bool IsForbidden(ReadOnlySpan<double> point)
    {
        if (_forbidden.Length == 0)
        {
            return false;
        }

        Span<bool> active = stackalloc bool[Axes.Length];
        FindActive(point, active);
        foreach (var combination in _forbidden)
        {
            if (HoldsAll(combination, point, active))
            {
                return true;
            }
        }

        return false;
    }

    private bool HoldsAll((int Parent, ConditionTest Test)[] conditions, ReadOnlySpan<double> point, ReadOnlySpan<bool> active)
    {
        foreach (var (parent, test) in conditions)
        {
            if (!active[parent] || !test.Accepts(Axes[parent].Decode(point[parent])))
            {
                return false;
            }
        }

        return true;
    }
}
