#include "islet/parser.hpp"
