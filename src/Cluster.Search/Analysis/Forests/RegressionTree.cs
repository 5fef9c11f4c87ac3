using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis.Forests;

/// <summary>A binary tree that predicts a constant in each of its boxes; the boxes fill the unit cube without overlap.</summary>
/// <param name="axes">The axes of the space.</param>
/// <param name="nodes">The nodes; the first one is the root.</param>
internal sealed class RegressionTree(ImmutableArray<Axis> axes, IReadOnlyList<TreeNode> nodes)
{
    /// <summary>Predicts at a point.</summary>
    /// <param name="point">One coordinate for each axis; none is NaN.</param>
    public double Predict(ReadOnlySpan<double> point)
    {
        var node = nodes[0];
        while (node.Axis >= 0)
        {
            var isLeft = node.LeftLevels is { } levels
                ? levels[(int)axes[node.Axis].LevelAt(point[node.Axis])]
                : point[node.Axis] < node.Threshold;
            node = nodes[isLeft ? node.Left : node.Right];
        }

        return node.Value;
    }

    /// <summary>Lists the boxes of the leaves.</summary>
    public List<LeafBox> Leaves()
    {
        var leaves = new List<LeafBox>();
        var open = new Stack<(int Node, LeafBox Box)>();
        open.Push((0, LeafBox.Whole(axes)));
        while (open.TryPop(out var next))
        {
            var (node, box) = (nodes[next.Node], next.Box);
            if (node.Axis < 0)
            {
                leaves.Add(box.WithValue(node.Value));
                continue;
            }

            var (left, right) = node.LeftLevels is { } levels ? box.SplitLevels(node.Axis, levels) : box.SplitAt(node.Axis, node.Threshold);
            open.Push((node.Right, right));
            open.Push((node.Left, left));
        }

        return leaves;
    }
}
