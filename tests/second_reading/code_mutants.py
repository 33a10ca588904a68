"""Small changes of the code of a module, one at a time: a comparison turned round, a sum made a difference."""

from __future__ import annotations

import ast
import contextlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType

_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum"}


@dataclass(frozen=True)
class Mutant:
    """A function and the code it gets."""

    what: str
    function: FunctionType
    code: CodeType

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        right = self.function.__code__
        self.function.__code__ = self.code
        try:
            yield
        finally:
            self.function.__code__ = right


def _changed(node: ast.AST) -> tuple[str, object] | None:
    """The part of a node to be changed and what it becomes; None where nothing is."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OPERATORS:
        return "ops", [_OPERATORS[type(node.ops[0])](), *node.ops[1:]]
    if isinstance(node, (ast.BoolOp, ast.BinOp)) and type(node.op) in _OPERATORS:
        return "op", _OPERATORS[type(node.op)]()
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        return "operand", ast.UnaryOp(node.op, node.operand)
    if isinstance(node, ast.Name) and node.id in _NAMES:
        return "id", _NAMES[node.id]
    if isinstance(node, ast.Attribute) and node.attr in _NAMES:
        return "attr", _NAMES[node.attr]
    return None


def _code(outer: CodeType, name: str) -> CodeType:
    return next(part for part in outer.co_consts if isinstance(part, CodeType) and part.co_name == name)


def _functions(
    module: ModuleType, tree: ast.Module
) -> Iterator[tuple[FunctionType, ast.FunctionDef, list[str]]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield inspect.unwrap(getattr(module, node.name)), node, [node.name]
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                found = vars(getattr(module, node.name)).get(getattr(method, "name", ""))
                if isinstance(method, ast.FunctionDef) and isinstance(found, FunctionType):
                    yield found, method, [node.name, method.name]


def _computed(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it; of a declared variable not its type."""
    yield node
    for name, below in ast.iter_fields(node):
        if name != "annotation":
            for part in below if isinstance(below, list) else [below]:
                if isinstance(part, ast.AST):
                    yield from _computed(part)


def mutants_of(module: ModuleType) -> Iterator[Mutant]:
    """Every single change in the functions and methods of a module."""
    tree = ast.parse(inspect.getsource(module))
    for function, definition, path in _functions(module, tree):
        for node in [node for statement in definition.body for node in _computed(statement)]:
            change = _changed(node)
            if change is None:
                continue
            part, becomes = change
            before, was = ast.unparse(node), getattr(node, part)
            setattr(node, part, becomes)
            code = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
            what = f"{module.__name__}:{getattr(node, 'lineno', 0)} {before} → {ast.unparse(node)}"
            setattr(node, part, was)
            for name in path:
                code = _code(code, name)
            yield Mutant(what, function, code)
